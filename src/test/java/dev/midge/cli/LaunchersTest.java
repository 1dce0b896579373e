package dev.midge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launchers that cannot run on the systems of the tests: what can be seen without. */
class LaunchersTest {
  private static final Path BATCH = Path.of("bin/midge.bat");
  private static final Path POWERSHELL = Path.of("bin/midge.ps1");
  private static final Path NODE = Path.of("src/main/package/npm/midge.js");
  private static final Pattern JVM_OPTION = Pattern.compile("-X(?:log:|X:[+-])\\w+");

  @ParameterizedTest
  @ValueSource(strings = {"bin/midge.bat", "bin/midge.ps1", "src/main/package/npm/midge.js"})
  void theJvmIsAsTheShellsLauncherStartsIt(String file) throws IOException {
    String shell = text(Path.of("bin/midge"));
    Set<String> always = options(shell.substring(shell.indexOf("exec $through \"$java\"")));
    assertThat(always).contains("-Xlog:disable", "-XX:+UseSerialGC");

    String launcher = text(Path.of(file));

    assertThat(options(launcher)).isEqualTo(always);
    assertThat(launcher).contains("dev.midge.Midge", "JAVA_HOME", "MIDGE_HEAP");
    assertThat(launcher).contains("needs Java 17 or newer and finds none in JAVA_HOME or PATH.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bin/midge.bat", "bin/midge.ps1"})
  void whatWindowsReadsInTheCodePageOfTheUserIsAscii(String file) throws IOException {
    for (byte each : Files.readAllBytes(Path.of(file))) {
      assertThat(each).isBetween((byte) '\t', (byte) '~');
    }
  }

  @Test
  void everyLabelThatTheBatchFileGoesToIsThere() throws IOException {
    String batch = text(BATCH);
    Matcher uses = Pattern.compile("(?:goto |call :)(\\w+)").matcher(batch);
    Set<String> used = new TreeSet<>();
    while (uses.find()) {
      used.add(uses.group(1));
    }
    Set<String> labels = new TreeSet<>();
    batch
        .lines()
        .filter(line -> line.startsWith(":"))
        .forEach(line -> labels.add(line.substring(1)));

    assertThat(used).isNotEmpty().isEqualTo(labels);
  }

  @Test
  void theLastLineOfTheBatchFileIsJavaWithTheWordsAsTheyAre() throws IOException {
    List<String> lines = text(BATCH).lines().toList();

    assertThat(lines.get(lines.size() - 1)).startsWith("\"%MIDGE_JAVA%\" ").endsWith("Midge %*");
    // A word with ! would lose it.
    assertThat(lines).contains("setlocal EnableExtensions DisableDelayedExpansion");
    // A path may have a & or a bracket, which mean something outside of quotes.
    assertThat(text(BATCH).replaceAll("\"[^\"\r\n]*\"", ""))
        .doesNotContain("%MIDGE_JAR%", "%MIDGE_HOME%", "%~dp0", "%JAVA_HOME");
  }

  @Test
  void powerShellGetsTheStatusAndTheInput() throws IOException {
    String script = text(POWERSHELL);

    assertThat(script.strip()).endsWith("exit $LASTEXITCODE");
    assertThat(script).contains("$MyInvocation.ExpectingInput", "$input | & $java @flags");
    assertThat(script.chars().filter(c -> c == '{').count())
        .isEqualTo(script.chars().filter(c -> c == '}').count());
  }

  @Test
  void npmsLauncherStartsTheShellsWhereThereIsOne() throws IOException {
    assertThat(text(NODE)).startsWith("#!/usr/bin/env node\n").contains("'/bin/sh'");
  }

  private static Set<String> options(String text) {
    Set<String> options = new TreeSet<>();
    Matcher matcher = JVM_OPTION.matcher(text);
    while (matcher.find()) {
      options.add(matcher.group());
    }
    return options;
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
