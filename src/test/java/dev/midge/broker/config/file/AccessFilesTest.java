package dev.midge.broker.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.midge.broker.access.Security;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Password and access files that a configuration names are read with it. */
class AccessFilesTest {
  private static final String CAROL =
      "carol:$7$101$ldkCN/oHzzeEulkx$da4yBxy7wtYEpimOflFSVacsm3fcs/pkVe50mtRgOQy7w1afoHC95xR7Xi/6"
          + "p6g29UwIVU7TTx6lDmslkF+rug==\n";

  @TempDir Path folder;

  private BrokerFile read(String... lines) throws IOException, ConfigFileException {
    return BrokerFile.read(
        Files.writeString(folder.resolve("midge.conf"), String.join("\n", lines)));
  }

  private ConfigFileException failure(String... lines) {
    return catchThrowableOfType(ConfigFileException.class, () -> read(lines));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void usersAndRulesComeWithTheConfiguration() throws Exception {
    Path passwords = file("a.pw", CAROL);
    Path rules = file("a.acl", "topic read all/#\n");
    for (List<String> lines :
        List.of(
            List.of("password_file " + passwords, "acl_file " + rules),
            List.of(
                "plugin /usr/lib/mosquitto_password_file.so",
                "plugin_opt_password_file " + passwords,
                "global_plugin mosquitto_acl_file.so",
                "plugin_opt_acl_file " + rules))) {
      Security security = read(lines.toArray(String[]::new)).security();

      assertThat(
              Objects.requireNonNull(security.passwords())
                  .check("carol", "s3cret".getBytes(StandardCharsets.UTF_8)))
          .isTrue();
      assertThat(Objects.requireNonNull(security.rules()).mayRead("c", null, "all/a")).isTrue();
      assertThat(security.rules().mayWrite("c", null, "all/a")).isFalse();
    }
  }

  @Test
  void aFileThatIsNoGoodOrMissingIsOneOfAccess() throws Exception {
    Path passwords = file("bad.pw", "carol:nothing\n");
    Path rules = file("bad.acl", "topic sometimes a\n");
    for (String line :
        List.of(
            "password_file " + passwords,
            "acl_file " + rules,
            "password_file " + folder.resolve("none"),
            "acl_file " + folder.resolve("none"))) {
      ConfigFileException failure = failure(line);

      assertThat(failure.isOfAccessFile()).as(line).isTrue();
      assertThat(failure.getMessage()).as(line).startsWith("Error: ");
    }
    assertThat(failure("foo").isOfAccessFile()).isFalse();
  }
}
