package dev.midge.cli.view;

import dev.midge.client.job.MessageSink;
import dev.midge.client.job.RelayingSink;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.view.ViewException;
import java.io.IOException;

/** Hands messages on with their payloads decoded; those that cannot be, as they came. */
final class DecodingSink extends RelayingSink {
  private final ViewList views;
  private final UndecodedMessages undecoded;

  DecodingSink(ViewList views, UndecodedMessages undecoded, MessageSink next) {
    super(next);
    this.views = views;
    this.undecoded = undecoded;
  }

  @Override
  public void accept(ReceivedMessage received) throws IOException {
    next.accept(decoded(received));
  }

  private ReceivedMessage decoded(ReceivedMessage received) {
    Message came = received.message();
    try {
      byte[] payload = views.of(came.payload());
      undecoded.decoded();
      return new ReceivedMessage(came.withPayload(payload), received.packetId(), received.dup());
    } catch (ViewException e) {
      undecoded.undecoded(received, e);
      return received;
    }
  }
}
