package dev.midge.view.json;

/**
 * A file that is no JSON Schema that can be used. The message is the reason, without a full stop.
 */
public final class SchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Makes one. */
  public SchemaException(String reason) {
    super(reason);
  }
}
