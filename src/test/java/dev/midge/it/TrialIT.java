package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.FreePort;
import dev.midge.testing.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows the README as somebody does who has just heard of midge, in terminals of 80 columns and
 * 24 lines, from its first command to a drill that is green and one that is red, and on to the Last
 * Will in three terminals. Each line that is typed is a line of the page.
 */
class TrialIT {
  private static final String GREEN = "\033[32m";
  private static final String RED = "\033[31m";
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final MarkdownPage README = MarkdownPage.of(Path.of("README.md"));

  @TempDir private Path directory;

  @Test
  void fromTheFirstLineToARedAndAGreenDrill() throws IOException {
    MarkdownPage first = README.section("## Try it");
    String clone = line(first, "git clone").replace("REPOSITORY", "repository");
    try (FreePort kept = FreePort.take();
        NewUser user = new NewUser(directory);
        Tmux one = user.terminal(directory.resolve("one"));
        Tmux two = user.terminal(directory.resolve("two"))) {
      String port = String.valueOf(kept.number());
      one.type(clone + "; echo cloned").awaitScreen("\ncloned");
      putBuild(user);

      one.type(line(first, "cd ")).type(line(first, "bin/midge lwt"));
      one.awaitScreen(first.blocks("text").get(0), LIMIT);
      assertThat(one.painted()).contains(GREEN + "ok").doesNotContain(RED);
      one.type("clear; echo status $?").awaitScreen("status 0");

      two.type(line(first, "cd ")).type(line(first, "bin/midge broker").replace("1884", port));
      two.awaitScreen(" running");
      one.type("clear; " + line(first, "bin/midge lwt -p").replace("1884", port));
      one.awaitScreen("\nstatus 1", LIMIT);
      assertThat(one.screen()).contains("2 ok, 1 failed");
      assertThat(one.painted()).contains(RED + "failed").contains(GREEN + "ok");
      two.press("C-c").awaitScreen("terminating\n>");

      threeTerminals(user, one, two);
    }
  }

  private void threeTerminals(NewUser user, Tmux one, Tmux two) throws IOException {
    MarkdownPage story = README.section("## The Last Will in three terminals");
    String path = line(README.section("## Install"), "export PATH=\"$PWD/bin");
    try (FreePort kept = FreePort.take();
        Tmux three = user.terminal(directory.resolve("three"))) {
      String port = String.valueOf(kept.number());
      three.type(line(README.section("## Try it"), "cd "));
      for (Tmux each : List.of(one, two, three)) {
        each.type("clear; " + path);
      }
      one.type(line(story, "midge broker").replace("1883", port)).awaitScreen(" running");
      two.type(line(story, "midge sub").replace("1883", port)).awaitScreen("Subscribed to");
      String sensor = line(story, "midge conn").replace("1883", port);
      three.type(sensor).awaitScreen("reset the connection (TCP RST)");
      two.awaitScreen("\nsensor/status offline");
      one.awaitScreen("as s1 (");
      one.awaitScreen("Client s1 [");
      one.press("C-c").awaitScreen("terminating");
    }
  }

  /** Puts what Maven has built into the clone, as that is tried elsewhere and takes minutes. */
  private static void putBuild(NewUser user) throws IOException {
    Path target = Files.createDirectories(user.home().resolve("midge/target"));
    for (String jar : List.of("midge.jar", "midge-libraries.jar")) {
      Files.copy(Path.of("target", jar), target.resolve(jar));
    }
    user.own();
  }

  /** Returns the first line of a command that begins so. */
  private static String line(MarkdownPage page, String start) {
    return Stream.of("bash", "sh")
        .flatMap(language -> page.blocks(language).stream())
        .flatMap(String::lines)
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the page has no line " + start));
  }
}
