package dev.midge.cli.broker;

import dev.midge.broker.BrokerEvent;
import dev.midge.broker.config.LogSettings;
import dev.midge.cli.console.BrokerLog;
import dev.midge.format.TimeSpecifiers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log as a configuration file wants it: to its places, of its types, in its form. Where the
 * file says nothing of the form, a person at a terminal reads what is made for persons. For any
 * thread.
 */
final class ConfiguredLog implements AutoCloseable {
  private final BrokerLog err;
  private final OutputStream out;
  private final boolean allTypes;
  private final Consumer<String> complaints;
  private LogSettings settings;
  private @Nullable PrintStream file;

  /**
   * Makes one, and opens its file.
   *
   * @param allTypes whether lines of all types are wanted, whatever the file says
   * @param complaints takes a line when the file of the log cannot be opened
   */
  ConfiguredLog(
      BrokerLog err,
      OutputStream out,
      boolean allTypes,
      Consumer<String> complaints,
      LogSettings settings) {
    this.err = err;
    this.out = out;
    this.allTypes = allTypes;
    this.complaints = complaints;
    this.settings = settings;
    this.file = open(settings.file());
  }

  /** Takes other settings, and opens the file of the log again: somebody may have moved it away. */
  synchronized void use(LogSettings other) {
    close();
    settings = other;
    file = open(other.file());
  }

  /** Goes on without the file where it cannot be opened, as mosquitto does. */
  private @Nullable PrintStream open(@Nullable Path path) {
    if (path == null) {
      return null;
    }
    try {
      return new PrintStream(
          Channels.newOutputStream(
              Files.newByteChannel(
                  path,
                  Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                  privately(path))),
          false,
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      complaints.accept("Error: Unable to open log file " + path + " for writing.");
      return null;
    }
  }

  private static FileAttribute<?>[] privately(Path path) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  synchronized void event(BrokerEvent event) {
    if (!isWanted(event)) {
      return;
    }
    boolean hasDefaultForm = settings.timestamp() && settings.timestampFormat() == null;
    if (settings.stderr()) {
      if (hasDefaultForm) {
        err.event(event);
      } else {
        err.event(event, time(event));
      }
    }
    if (settings.stdout() || file != null) {
      byte[] line = (time(event) + event.text() + "\n").getBytes(StandardCharsets.UTF_8);
      if (file != null) {
        file.write(
            line, 0, line.length); // A full disk is remembered by the stream, and passed over.
        file.flush();
      }
      if (settings.stdout()) {
        print(line);
      }
    }
  }

  private boolean isWanted(BrokerEvent event) {
    boolean isOfConnection =
        switch (event.kind()) {
          case CONNECTED, GOODBYE, ABRUPT_END -> true;
          default -> false;
        };
    return (settings.connectionMessages() || !isOfConnection)
        && (allTypes || settings.types().contains(LogSettings.Type.valueOf(event.level().name())));
  }

  private String time(BrokerEvent event) {
    if (!settings.timestamp()) {
      return "";
    }
    String format = settings.timestampFormat();
    return (format == null
            ? String.valueOf(event.at().getEpochSecond())
            : TimeSpecifiers.strftime(format, event.at().atZone(ZoneId.systemDefault())))
        + ": ";
  }

  private void print(byte[] line) {
    try {
      out.write(line);
      out.flush();
    } catch (IOException e) {
      // The stream remembers it, and the user is told at the end.
    }
  }

  @Override
  public synchronized void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
