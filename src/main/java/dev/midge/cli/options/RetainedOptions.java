package dev.midge.cli.options;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;

/**
 * The options of subscriptions, above all for retained messages; for {@code sub} and {@code rr}.
 */
public final class RetainedOptions implements OptionTable.Source {
  private static final int ALWAYS = 0;
  private static final int NEW = 1;
  private static final int NEVER = 2;

  private boolean ignore;
  private boolean asPublished;
  private int handling = ALWAYS;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.RETAINED)
        .add(
            Option.flag(
                    "Ignore messages that were retained.", this::ignore, "-R", "--ignore-retained")
                .lastNameOwn())
        .add(
            Option.flag(
                "Messages keep the retain flag that they were published with (MQTT 5).",
                () -> asPublished = true,
                "--retain-as-published"))
        .add(
            Option.value(
                "WHEN",
                "no option",
                "When the broker sends retained messages: always, new (for new subscriptions), never (MQTT 5).",
                this::handling,
                "--retain-handling"));
  }

  private void ignore() {
    ignore = true;
    handling = NEVER;
  }

  private void handling(String word) {
    switch (word) {
      case "always" -> handling = ALWAYS;
      case "new" -> handling = NEW;
      case "never" -> handling = NEVER;
      default ->
          throw new UsageException(
              "Error: Unknown value '" + word + "' for --retain-handling.",
              ": it is one of always, new, never.");
    }
  }

  /** Tells whether retained messages are dropped. */
  public boolean isIgnoring() {
    return ignore;
  }

  /** Returns a subscription to a filter. */
  public Subscription toSubscription(String filter, Qos qos, boolean v5) {
    return v5
        ? new Subscription(filter, qos, false, asPublished, handling)
        : Subscription.of(filter, qos);
  }
}
