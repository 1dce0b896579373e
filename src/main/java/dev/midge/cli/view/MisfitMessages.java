package dev.midge.cli.view;

import dev.midge.mqtt.Message;
import dev.midge.view.json.Misfit;
import java.util.List;

/** Tells of the messages that do not fit the schema, and counts them. For one thread. */
final class MisfitMessages {
  private final Notes notes;
  private long misfits;
  private long all;

  MisfitMessages(Notes notes) {
    this.notes = notes;
  }

  /**
   * Takes what was found in a message.
   *
   * @param found nothing for a message that fits
   */
  void checked(Message message, List<Misfit> found) {
    all++;
    if (!found.isEmpty()) {
      misfits++;
    }
    for (Misfit each : found) {
      String place = each.path().isEmpty() ? "" : " " + each.path();
      notes.trouble("Schema: ", message.topic() + place + ": " + each.reason());
    }
  }

  boolean isAny() {
    return misfits > 0;
  }

  void tellCount() {
    notes.line(
        misfits + " of " + all + (all == 1 ? " message" : " messages") + " did not fit the schema.",
        misfits > 0);
  }
}
