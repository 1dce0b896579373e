package dev.midge.fault;

/** The side of a connection that makes faults happen. */
public enum FaultSide {
  /** midge's own client commands. */
  CLIENT("a client"),
  /** The mini broker. */
  BROKER("the broker"),
  /** The proxy between a client and a broker. */
  PROXY("the proxy");

  private final String words;

  FaultSide(String words) {
    this.words = words;
  }

  /** Returns the side in words, for messages. */
  public String words() {
    return words;
  }

  /** Returns the letter that stands for the side in tables. */
  public char letter() {
    return name().charAt(0);
  }
}
