package dev.midge.broker.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.broker.ListenerSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines, comments and included files. */
class FileSyntaxTest {
  @TempDir Path folder;

  private BrokerFile read(String text) throws Exception {
    return Written.bytes(folder, text.getBytes(StandardCharsets.UTF_8)).read();
  }

  private List<Integer> ports(String text) throws Exception {
    return read(text).listeners().stream().map(ListenerSpec::port).toList();
  }

  @Test
  void linesEndAsUnixAndWindowsEndThemAndTheLastMayLackItsEnd() throws Exception {
    assertThat(ports("listener 1\r\n\r\n\nlistener 2\r\nlistener 3")).containsExactly(1, 2, 3);
  }

  @Test
  void aCommentBeginsInTheFirstColumnAlone() throws Exception {
    assertThat(ports("#listener 1\n# and\nlistener 2\n")).containsExactly(2);

    assertThat(Written.lines(folder, " # no comment").failure())
        .containsExactly("Error: Unknown configuration variable '#'.", "Error found at F:1.");
  }

  @Test
  void aCommentMayBeInAnyEncodingAndAKeyMayNot() throws Exception {
    byte[] comment = "#\u00e4\nlistener 1".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Written.bytes(folder, comment).read().listeners()).hasSize(1);

    byte[] key = "pid_file \u00e4".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Written.bytes(folder, key).failure())
        .containsExactly("Error: Malformed UTF-8 in configuration.", "Error found at F:1.");
  }

  @Test
  void blanksAroundKeyAndValueAreCutAndThoseWithinStay() throws Exception {
    BrokerFile file = read("  pid_file    a b  c.pid \t \nlistener 1\nmount_point ä ö/\n");

    assertThat(file.pidFile()).isEqualTo(Path.of("a b  c.pid"));
    assertThat(file.listeners().get(0).rules().mountPoint()).isEqualTo("ä ö/");
  }

  @Test
  void onlySpacesStandBeforeAKeyAndBehindIt() throws Exception {
    assertThat(Written.lines(folder, "\tlistener 1").failure())
        .containsExactly(
            "Error: Unknown configuration variable '\\x09listener'.", "Error found at F:1.");
    assertThat(Written.lines(folder, "pid_file \u3000a\u0007").failure())
        .containsExactly("Error: Malformed UTF-8 in configuration.", "Error found at F:1.");
    assertThat(read("pid_file \u3000a\u3000").pidFile()).isEqualTo(Path.of("\u3000a\u3000"));
  }

  @Test
  void numbersFlagsAndWordsMayHaveMoreBehindThemAsMosquittoAllows() throws Exception {
    BrokerFile file =
        read(
            "listener 1 # first\n"
                + "max_connections 5 # at most\n"
                + "allow_anonymous true # all\n"
                + "protocol websockets # not mqtt\n"
                + "listener 2 127.0.0.1 # second\n");

    assertThat(file.listeners().get(0).address()).isEqualTo(ListenerSpec.ALL_ADDRESSES);
    assertThat(file.listeners().get(0).rules().maxConnections()).isEqualTo(5);
    assertThat(file.listeners().get(0).security().allowAnonymous()).isTrue();
    assertThat(file.listeners().get(0).protocol()).isEqualTo(ListenerSpec.Protocol.WEBSOCKETS);
    assertThat(file.listeners().get(1).address()).isEqualTo("127.0.0.1");
  }

  @Test
  void anEmptyFileIsGood() throws Exception {
    assertThat(read("").isLocalOnly()).isTrue();
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> BrokerFile.read(folder.resolve("none.conf")))
        .isInstanceOf(ConfigFileException.class)
        .hasMessage("Error: Unable to open config file '" + folder.resolve("none.conf") + "'.");
    assertThatThrownBy(() -> BrokerFile.read(folder))
        .isInstanceOf(ConfigFileException.class)
        .hasMessage("Error: Config file '" + folder + "' is a directory.");
  }

  private Path included(String name, String text) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf.d"));
    Files.writeString(conf.resolve(name), text);
    return conf;
  }

  @Test
  void includedFilesAreReadWhereTheyAreNamedInTheOrderOfTheirNames() throws Exception {
    int port = 1;
    for (String name : List.of("00.conf", "01.conf", "A.conf", "a.conf", "B.conf", "b.conf")) {
      included(name, "listener " + port++);
    }
    included("c.txt", "nonsense");
    included(".conf", "nonsense");
    Path conf = included("conf", "nonsense");

    assertThat(ports("listener 10\ninclude_dir " + conf + "\nlistener 20\n"))
        .containsExactly(10, 1, 2, 3, 4, 5, 6, 20);
  }

  @Test
  void keysOfAnIncludedFileBelongToTheListenerAboveIt() throws Exception {
    Path conf = included("a.conf", "max_connections 7\n");

    BrokerFile file = read("listener 1\ninclude_dir " + conf + "\nmax_qos 1\n");

    assertThat(file.listeners().get(0).rules().maxConnections()).isEqualTo(7);
  }

  @Test
  void anErrorInAnIncludedFileNamesBothPlaces() throws Exception {
    Path conf = included("a.conf", "\n\nnonsense 1\n");

    assertThat(Written.lines(folder, "listener 1", "include_dir " + conf).failure())
        .containsExactly(
            "Error: Unknown configuration variable 'nonsense'.",
            "Error found at " + conf.resolve("a.conf") + ":3.",
            "Error found at F:2.");
  }

  @Test
  void anIncludedFileIncludesNoOthers() throws Exception {
    Path conf = included("a.conf", "listener 2\ninclude_dir " + folder.resolve("none") + "\n");

    BrokerFile file = read("include_dir " + conf);

    assertThat(file.listeners()).hasSize(1);
    assertThat(file.warnings())
        .containsExactly(
            "Warning: include_dir is read in the main file only, and left out here: "
                + conf.resolve("a.conf")
                + ":2.");
  }

  @Test
  void whatAFileHoldsCannotForgeALineOfTheTerminal() throws Exception {
    assertThat(Written.lines(folder, "no\u001b[2Jthing 1").failure())
        .containsExactly(
            "Error: Unknown configuration variable 'no\\x1b[2Jthing'.", "Error found at F:1.");
  }
}
