package dev.midge.broker.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Slow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file holds, it is read, or refused by the one exception with lines for the user. */
class NoInputBreaksTheReaderTest {

  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
  }

  @Provide
  Arbitrary<byte[]> lines() {
    List<String> names = new Keys().all().stream().map(Key::name).toList();
    Arbitrary<String> key =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(20, Arbitraries.of(names)),
            net.jqwik.api.Tuple.of(6, Arbitraries.just("listener")),
            net.jqwik.api.Tuple.of(1, Arbitraries.of("connection", "auth_plugin", "x", "#", " #")));
    Arbitrary<String> value =
        Arbitraries.oneOf(
            Arbitraries.of(
                "true",
                "false",
                "0",
                "1",
                "-1",
                "1883",
                "65536",
                "5d",
                "99999999999999999999y",
                "file",
                "file a",
                "stderr",
                "all",
                "none",
                "mqtt",
                "websockets",
                "ipv4",
                "0 /x",
                "3,4",
                "4 5",
                ",",
                "tlsv1.3",
                "mosquitto_acl_file.so",
                "/nowhere/at/all",
                "",
                "a b",
                "a/+",
                "\u0000",
                "..",
                "-",
                "+",
                "1883 ::1"),
            Arbitraries.integers().map(String::valueOf),
            Arbitraries.longs().map(String::valueOf),
            Arbitraries.strings().ofMaxLength(60));
    Arbitrary<String> blank = Arbitraries.of(" ", "  ", "\t", "", " \t ");
    Arbitrary<String> end = Arbitraries.of("\n", "\r\n", " \n", "\n\n");
    return Combinators.combine(key, blank, value, end)
        .as((a, b, c, d) -> a + b + c + d)
        .list()
        .ofMaxSize(12)
        .map(all -> String.join("", all).getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 500)
  void anyBytes(@ForAll("bytes") byte[] bytes) throws IOException {
    read(bytes);
  }

  @Slow("reads three thousand files")
  @Property(tries = 3000)
  void anyLines(@ForAll("lines") byte[] bytes) throws IOException {
    read(bytes);
  }

  private static void read(byte[] bytes) throws IOException {
    Path folder = Files.createTempDirectory("midge-config");
    try {
      BrokerFile file = Written.bytes(folder, bytes).read();
      assertThat(file.toConfig(List.of(1883), event -> {}, false)).isNotNull();
      assertThat(file.warnings()).allMatch(NoInputBreaksTheReaderTest::isPlainLine);
    } catch (ConfigFileException e) {
      assertThat(e.getMessage().lines()).allMatch(NoInputBreaksTheReaderTest::isPlainLine);
      assertThat(e.getMessage()).startsWith("Error: ");
    } finally {
      Files.delete(folder.resolve("midge.conf"));
      Files.delete(folder);
    }
  }

  private static boolean isPlainLine(String line) {
    return !line.isBlank() && line.equals(dev.midge.text.TerminalEscapes.forLog(line));
  }
}
