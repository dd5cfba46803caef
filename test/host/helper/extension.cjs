const { openBridge } = require('./bridge.cjs');
const { registerScriptedModel } = require('./model.cjs');

/** A test helper: the bridge through which tests reach this extension host, and the scripted language model. */
exports.activate = async (context) => {
  const requests = registerScriptedModel(context);
  await openBridge(context, { requests });
};
