package dev.midge.client.source;

/** Changes the messages of another source one by one. */
public abstract class RelayingSource implements MessageSource {
  /** The source whose messages are changed. */
  protected final MessageSource source;

  /** Makes one in front of another source. */
  protected RelayingSource(MessageSource source) {
    this.source = source;
  }

  @Override
  public boolean isReady() {
    return source.isReady();
  }

  @Override
  public boolean isOver() {
    return source.isOver();
  }

  @Override
  public boolean isStream() {
    return source.isStream();
  }
}
