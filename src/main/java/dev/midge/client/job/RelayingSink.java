package dev.midge.client.job;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Hands messages to another sink, changed or selected, and leaves all else to it. */
public abstract class RelayingSink implements MessageSink {
  /** The sink that the messages are handed to. */
  protected final MessageSink next;

  /** Makes one in front of another sink. */
  protected RelayingSink(MessageSink next) {
    this.next = next;
  }

  @Override
  public void awaitRoom() {
    next.awaitRoom();
  }

  @Override
  public void rest() throws IOException {
    next.rest();
  }

  @Override
  public CompletableFuture<@Nullable Void> settled() {
    return next.settled();
  }
}
