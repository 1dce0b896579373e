package dev.midge.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The three shells with midge's completions, as someone sees them who types and presses Tab. */
public enum Shell {
  BASH {
    @Override
    List<String> ask(String line, Map<String, String> environment) {
      // The key inserts all matches; midge is a function that shows its last words.
      Program bash =
          Program.start(environment, "bash", "--norc", "--noprofile", "-i")
              .input(
                  ("midge() { printf '<%s>\\n' \"$@\"; }\nsource completions/midge.bash\n"
                          + line
                          + "\033*\nexit\n")
                      .getBytes(StandardCharsets.UTF_8))
              .await();
      List<String> words =
          bash.outText()
              .lines()
              .filter(word -> word.startsWith("<"))
              .map(word -> word.substring(1, word.length() - 1))
              .toList();
      int typed = line.replaceAll("\\S", "").length();
      // What stands there before the cursor's word is no answer.
      List<String> answers = words.subList(Math.min(words.size(), typed - 1), words.size());
      String begun = line.substring(line.lastIndexOf(' ') + 1);
      return answers.equals(List.of(begun)) || answers.equals(List.of("")) ? List.of() : answers;
    }
  },

  ZSH {
    @Override
    List<String> ask(String line, Map<String, String> environment) {
      List<String> lines =
          Program.start(
                  environment,
                  "timeout",
                  "60",
                  "zsh",
                  "-f",
                  "src/test/resources/dev/midge/shells/matches.zsh",
                  line,
                  Path.of("completions").toAbsolutePath())
              .await()
              .outText()
              .lines()
              .toList();
      if (!lines.contains("asked")) {
        throw new AssertionError("zsh does not answer: " + lines);
      }
      return lines.subList(0, lines.size() - 1);
    }
  },

  FISH {
    @Override
    List<String> ask(String line, Map<String, String> environment) {
      return Program.start(
              environment,
              "fish",
              "--no-config",
              "-c",
              "source completions/midge.fish; complete -C $argv",
              line)
          .await()
          .outText()
          .lines()
          .map(answer -> answer.replaceAll("\t.*", ""))
          .toList();
    }
  };

  abstract List<String> ask(String line, Map<String, String> environment);

  /** Returns the completions of the shell at the end of that line. */
  public List<String> matches(String line) {
    return matches(line, System.getenv("PATH"));
  }

  /** Returns the completions with other programs in the path. */
  public List<String> matches(String line, String path) {
    return matches(line, Map.of("PATH", path));
  }

  /** Returns the completions with other variables in the environment. */
  public List<String> matches(String line, Map<String, String> variables) {
    Installed.require(name().toLowerCase(Locale.ROOT));
    Map<String, String> environment = new HashMap<>(variables);
    environment.putAll(Map.of("TERM", "dumb", "PS1", "", "HISTFILE", "", "LC_ALL", "C.UTF-8"));
    return ask(line, environment);
  }
}
