package dev.midge.client.source;

import dev.midge.mqtt.Message;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes messages of payloads; all else is the same for each. */
public final class PayloadMessages implements MessageSource {
  private final PayloadSource payloads;
  private final PublishSpec publish;

  /** Makes the source; its messages are those that the values for publishing make of payloads. */
  public PayloadMessages(PayloadSource payloads, PublishSpec publish) {
    this.payloads = payloads;
    this.publish = publish;
  }

  @Override
  public @Nullable Message next() throws IOException {
    byte[] payload = payloads.next();
    return payload == null ? null : publish.message(payload);
  }

  @Override
  public boolean isReady() {
    return payloads.isReady();
  }

  @Override
  public boolean isOver() {
    return payloads.isOver();
  }

  @Override
  public boolean isStream() {
    return payloads.isStream();
  }
}
