package dev.midge.cli.view;

import dev.midge.client.job.MessageSink;
import dev.midge.client.job.RelayingSink;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.view.json.JsonSchema;
import java.io.IOException;

/** Holds messages against a schema, and hands all of them on. */
final class SchemaSink extends RelayingSink {
  private final JsonSchema schema;
  private final MisfitMessages misfits;

  SchemaSink(JsonSchema schema, MisfitMessages misfits, MessageSink next) {
    super(next);
    this.schema = schema;
    this.misfits = misfits;
  }

  @Override
  public void accept(ReceivedMessage received) throws IOException {
    misfits.checked(received.message(), schema.check(received.message().payload()));
    next.accept(received);
  }
}
