package dev.midge.cli.exec;

import dev.midge.client.job.MessageSink;
import dev.midge.format.Printer;
import dev.midge.mqtt.ReceivedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs a command for each message of {@code sub}. */
final class MessageCommands implements MessageSink {
  private final Commands commands;
  private final @Nullable Printer printer;

  /**
   * @param printer makes the standard input of a command; null where it is the payload
   */
  MessageCommands(Commands commands, @Nullable Printer printer) {
    this.commands = commands;
    this.printer = printer;
  }

  @Override
  public void awaitRoom() {
    commands.workers().awaitRoom();
  }

  @Override
  public void accept(ReceivedMessage received) throws IOException {
    byte[] input = input(received, printer);
    commands
        .workers()
        .begin(
            () -> {
              commands.run(received, input, commands.output());
              return CompletableFuture.completedFuture(null);
            });
  }

  /** Returns the payload, or the message in the form of a printer. */
  static byte[] input(ReceivedMessage received, @Nullable Printer printer) throws IOException {
    if (printer == null) {
      return received.message().payload();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    printer.print(received, bytes);
    return bytes.toByteArray();
  }

  @Override
  public CompletableFuture<@Nullable Void> settled() {
    return commands.workers().settled();
  }
}
