package dev.midge.cli.context;

import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** A user's home directory with a file of contexts, and command lines of that user. */
final class Home {
  final Path directory;
  final Path file;
  final Map<String, String> environment = new HashMap<>();

  Home(Path directory) {
    this.directory = directory;
    this.file = directory.resolve(".config/midge/contexts");
    environment.put("HOME", directory.toString());
  }

  /** Writes the file of contexts by hand. */
  Home contexts(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return this;
  }

  String contexts() throws IOException {
    return Files.readString(file);
  }

  /** Runs {@code midge} with the words of a line. */
  MidgeRun run(String line, Object... more) {
    return MidgeRun.startAs(null, environment, words(line, more)).await();
  }

  private static Object[] words(String line, Object... more) {
    String[] words = line.split(" ");
    Object[] all = new Object[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  /** The CONNECT that a command line leads to at that broker. */
  Connect connect(ScriptedBroker broker, String line, Object... more) throws Exception {
    MidgeRun run = MidgeRun.startAs(null, environment, words(line, more));
    Connect connect = (Connect) broker.accept().read(PacketType.CONNECT);
    broker.hangUp();
    run.requestStop();
    run.await();
    return connect;
  }

  static String password(Connect connect) {
    return connect.password() == null
        ? null
        : new String(connect.password(), StandardCharsets.UTF_8);
  }
}
