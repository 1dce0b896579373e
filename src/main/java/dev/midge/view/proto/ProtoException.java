package dev.midge.view.proto;

/** A file of types that cannot be used. The message is the reason, without a full stop. */
public final class ProtoException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Makes one. */
  public ProtoException(String reason) {
    super(reason);
  }
}
