package dev.midge.broker.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRulesTest {
  private static final String RULES =
      """
      # before the first user: clients without a name
      topic read public/#
      topic write inbox
      topic $SYS/broker/uptime

      user alice
      topic home/alice/#
      topic read shared/+/state
      topic deny home/alice/secret
      topic write a topic with spaces

      user bob
      topic readwrite #
      topic deny home/alice/#
      topic deny $SYS/#

      user with space\s
      topic write x

      pattern read clients/%c/in
      pattern write clients/%c/out
      pattern users/%u/%c/#
      pattern deny users/%u/forbidden
      pattern read everyone
      user alice
      topic write later
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // client | user | topic | may read | may write
        "c | - | public/a/b | true | false",
        "c | - | public | true | false",
        "c | - | publicity | false | false",
        "c | - | inbox | false | true",
        "c | - | $SYS/broker/uptime | true | true",
        "c | - | other | false | false",
        "c | alice | home/alice/lamp | true | true",
        "c | alice | home/alice | true | true",
        "c | alice | home/alice/secret | false | false",
        "c | alice | shared/a/state | true | false",
        "c | alice | shared/a/b/state | false | false",
        "c | alice | a topic with spaces | false | true",
        "c | alice | later | false | true",
        "c | alice | public/a | false | false",
        "c | bob | anything/at/all | true | true",
        "c | bob | home/alice/lamp | false | false",
        "c | bob | $SYS/broker/uptime | false | false",
        "c | bob | $other | false | false",
        "c | with space | x | false | true",
        "c | nobody | public/a | false | false",
        "c | nobody | x | false | false",
        // patterns
        "c1 | - | clients/c1/in | true | false",
        "c1 | - | clients/c1/out | false | true",
        "c1 | - | clients/c2/in | false | false",
        "c1 | alice | clients/c1/in | true | false",
        "c1 | alice | users/alice/c1/a/b | true | true",
        "c1 | alice | users/alice/c2/a | false | false",
        "c1 | alice | users/bob/c1/a | false | false",
        "forbidden | alice | users/alice/forbidden | false | false",
        "c1 | - | users//c1/a | false | false",
        "c1 | - | users/null/c1/a | false | false",
        "c1 | - | everyone | true | false",
        "c1 | bob | users/bob/forbidden | true | true",
        // names that would be wildcards
        "+ | alice | clients/c1/in | false | false",
        "+ | alice | clients/+/in | false | false",
        "# | - | everyone | false | false",
        "c1 | a+ | everyone | false | false",
        "c1 | a# | clients/c1/in | false | false",
        "+ | alice | home/alice/lamp | true | true",
        // names that look like patterns
        "%u | alice | users/alice/%u/x | true | true",
        "%u | alice | users/alice/alice/x | false | false",
        "a/b | - | clients/a/b/in | true | false",
      })
  void rules(String client, String user, String topic, boolean read, boolean write)
      throws IOException {
    AccessRules rules = read(RULES);

    assertThat(rules.mayRead(client, user, topic)).as("read").isEqualTo(read);
    assertThat(rules.mayWrite(client, user, topic)).as("write").isEqualTo(write);
  }

  @Test
  void anEmptyFileDeniesAll() throws IOException {
    AccessRules rules = read("");

    assertThat(rules.mayRead("c", null, "a")).isFalse();
    assertThat(rules.mayWrite("c", "u", "a")).isFalse();
  }

  @Test
  void ownLinesDecideBeforePatterns() throws IOException {
    AccessRules rules = read("user u\ntopic read a\npattern deny a\npattern write b\ntopic deny b");

    assertThat(rules.mayRead("c", "u", "a")).isTrue();
    assertThat(rules.mayWrite("c", "u", "a")).isFalse();
    assertThat(rules.mayWrite("c", "u", "b")).isFalse();
    assertThat(rules.mayWrite("c", "v", "b")).isTrue();
  }

  @Test
  void aDenialCountsWhereverItStands() throws IOException {
    AccessRules rules = read("topic deny a/b\ntopic a/#\n\ntopic b/#\ntopic deny b/c\r\n");

    assertThat(rules.mayRead("c", null, "a/b")).isFalse();
    assertThat(rules.mayRead("c", null, "a/c")).isTrue();
    assertThat(rules.mayRead("c", null, "b/c")).isFalse();
  }

  @Test
  void wildcardsAtTheStartDoNotReachHiddenTopics() throws IOException {
    AccessRules rules = read("topic #\npattern +/broker/x");

    assertThat(rules.mayRead("c", null, "a/b")).isTrue();
    assertThat(rules.mayRead("c", null, "$SYS/broker/x")).isFalse();
  }

  @Test
  void aTopicThatIsNamedLikeAnAccessIsATopic() throws IOException {
    assertThat(read("topic read").mayWrite("c", null, "read")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "topic | Empty topic in acl_file \"F\", line 2.",
        "pattern  | Empty topic in acl_file \"F\", line 2.",
        "topic bogus x | Invalid topic access type \"bogus\" in acl_file \"F\", line 2: it is none of"
            + " read, write, readwrite and deny.",
        "topic a#  | Invalid ACL topic \"a#\" in acl_file \"F\", line 2.",
        "pattern read a/#/b  | Invalid ACL topic \"a/#/b\" in acl_file \"F\", line 2.",
        "user | Missing username in acl_file \"F\", line 2.",
        "alice:$7$hash x | Invalid line in acl_file \"F\", line 2: it begins with none of topic,"
            + " pattern and user.",
      })
  void aBadLineIsNamed(String line, String message) {
    assertThatThrownBy(() -> read("# first\n" + line + "\n"))
        .isInstanceOf(AccessFileException.class)
        .hasMessage("Error: " + message.replace("F", file().toString()));
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    assertThatThrownBy(() -> AccessRules.read(file()))
        .isInstanceOf(AccessFileException.class)
        .hasMessage("Error: Unable to open acl_file \"" + file() + "\": no such file.");
  }

  private Path file() {
    return directory.resolve("acl");
  }

  private AccessRules read(String content) throws IOException {
    Files.writeString(file(), content);
    return AccessRules.read(file());
  }
}
