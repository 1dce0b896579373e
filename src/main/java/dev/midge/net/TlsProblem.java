package dev.midge.net;

/** A fault of the broker, its certificates or its answer in a TLS handshake. */
public enum TlsProblem {
  EXPIRED,
  NOT_YET_VALID,
  OTHER_HOST,
  /** Nobody has issued the broker's certificate but itself, and it is not trusted. */
  SELF_SIGNED,
  /** The issuer of the last certificate is neither shown nor trusted. */
  UNKNOWN_ISSUER,
  /** It names an issuer that did not sign it. */
  WRONG_SIGNATURE,
  /** It is not for TLS servers. */
  PURPOSE,
  /** It has issued another without being an authority. */
  NO_AUTHORITY,
  /** The key usage of an issuer does not have the signing of certificates. */
  SIGNS_NO_CERTIFICATES,
  /** There is a critical extension that Java does not know. */
  EXTENSION,
  /** There are more authorities than one of them allows. */
  PATH_LENGTH,
  /** An authority does not allow the name. */
  NAME_CONSTRAINT,
  /** A signature or a key is too weak. */
  ALGORITHM,
  /** The chain is refused for another reason. */
  UNTRUSTED,
  /** The broker refused with an alert. */
  ALERT,
  /** The answer is not TLS. */
  NOT_TLS,
  /** The broker hung up in the handshake. */
  HUNG_UP,
  /** The broker speaks no version that is allowed. */
  VERSION,
  OTHER
}
