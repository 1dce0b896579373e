package dev.midge.cli.fleet;

import dev.midge.cli.UsageException;
import dev.midge.client.ClientFaults;
import dev.midge.client.ConnectSpec;
import dev.midge.client.EngineKind;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.Will;
import dev.midge.text.Utf8;
import org.jspecify.annotations.Nullable;

/** Makes of the values for CONNECT that the user gave those of each client. */
final class Fleet {
  private static final int MAX_STRING = 65535;

  private final ConnectSpec common;
  private final int size;

  /**
   * Makes one.
   *
   * @param common has the prefix of the ids as its client id
   * @throws UsageException where a client would have a will that cannot be
   */
  Fleet(ConnectSpec common, int size) {
    this.common = common;
    this.size = size;
    check(words(size));
  }

  private void check(ClientWords longest) {
    Will will = will(longest);
    String topic = will == null ? "" : will.message().topic();
    if (will != null && (!Topics.isValidName(topic) || Utf8.length(topic) > MAX_STRING)) {
      throw new UsageException(
          "Error: Invalid will topic '" + topic + "', does the id contain '+' or '#'?");
    }
    if (will != null && will.message().payload().length > MAX_STRING) {
      throw new UsageException(
          "Error: The payload of the will of " + longest.id() + " is too long.");
    }
    if (Utf8.length(longest.id()) > MAX_STRING) {
      throw new UsageException("Error: Invalid --id-prefix, the ids are too long.");
    }
  }

  int size() {
    return size;
  }

  /** Returns the values that are common to all. */
  ConnectSpec common() {
    return common;
  }

  /**
   * Returns what names a client.
   *
   * @param number from 1
   */
  ClientWords words(int number) {
    return new ClientWords(number, common.clientId() + number);
  }

  /**
   * Returns the values of one client. Unless the user wants another, its engine is the direct one,
   * which costs the least.
   */
  ConnectSpec spec(ClientWords words) {
    ClientFaults faults = common.faults();
    return new ConnectSpec(
        common.endpoint(),
        common.version(),
        words.id(),
        common.cleanStart(),
        common.keepAlive(),
        common.username() == null ? null : words.fill(common.username()),
        common.password(),
        will(words),
        common.properties(),
        common.maxInflight(),
        faults == null ? null : faults.of(words.id()),
        common.disconnectReason(),
        common.engine() == null ? EngineKind.DIRECT : common.engine(),
        common.retry());
  }

  private @Nullable Will will(ClientWords words) {
    Will will = common.will();
    if (will == null) {
      return null;
    }
    Message message = will.message();
    return new Will(
        new Message(
            words.fill(message.topic()),
            words.fill(message.payload()),
            message.qos(),
            message.retain(),
            message.properties()));
  }
}
