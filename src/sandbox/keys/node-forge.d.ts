/** The part of node-forge the small CA uses: certificates from public keys, signed by somebody else. */
declare module 'node-forge/lib/x509.js' {
  interface Attribute {
    readonly shortName: string;
    readonly value: string;
  }

  interface Certificate {
    serialNumber: string;
    validity: { notBefore: Date; notAfter: Date };
    publicKey: PublicKey;
    signatureOid: string;
    siginfo: { algorithmOid: string };
    tbsCertificate: object;
    signature: string;
    setSubject(attributes: readonly Attribute[]): void;
    setIssuer(attributes: readonly Attribute[]): void;
    setExtensions(extensions: readonly Readonly<Record<string, unknown>>[]): void;
  }

  interface PublicKey {
    readonly forgePublicKey: unique symbol;
  }

  const pki: {
    createCertificate(): Certificate;
    publicKeyFromPem(pem: string): PublicKey;
    getTBSCertificate(certificate: Certificate): object;
    certificateToPem(certificate: Certificate): string;
  };
  export default pki;
}

declare module 'node-forge/lib/asn1.js' {
  const asn1: { toDer(value: object): { getBytes(): string } };
  export default asn1;
}
