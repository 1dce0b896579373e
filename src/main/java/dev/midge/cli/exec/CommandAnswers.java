package dev.midge.cli.exec;

import dev.midge.format.Printer;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ReceivedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes answers of what a command writes to standard output. Where it has failed the answer says so
 * by a user property; MQTT 3 has none, and so there is no answer that could be taken for a good
 * one.
 */
final class CommandAnswers implements Answer.Maker {
  static final String STATUS = "exit-status";

  private final Commands commands;
  private final @Nullable Printer printer;
  private final boolean v5;

  /**
   * @param printer makes the standard input of a command; null where it is the payload
   * @param v5 whether answers have properties
   */
  CommandAnswers(Commands commands, @Nullable Printer printer, boolean v5) {
    this.commands = commands;
    this.printer = printer;
    this.v5 = v5;
  }

  @Override
  public @Nullable Answer to(ReceivedMessage request) throws InterruptedException {
    Collected collected = new Collected();
    CommandEnd end = commands.answer(request, input(request), collected);
    if (end.kind() == CommandEnd.Kind.STOPPED) {
      return null;
    }
    if (!end.isFailure()) {
      return new Answer(collected.toByteArray(), Properties.NONE);
    }
    String status =
        switch (end.kind()) {
          case TIMED_OUT -> "timeout";
          case TOO_LONG -> "too long";
          case NOT_STARTED -> "not started";
          default -> String.valueOf(end.status());
        };
    byte[] payload = collected.toByteArray();
    return v5
        ? new Answer(payload, Properties.builder().userProperty(STATUS, status).build())
        : null;
  }

  private byte[] input(ReceivedMessage request) {
    try {
      synchronized (this) { // A printer is for one thread.
        return MessageCommands.input(request, printer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // It prints into memory.
    }
  }
}
