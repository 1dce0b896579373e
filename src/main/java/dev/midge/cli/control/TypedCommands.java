package dev.midge.cli.control;

import dev.midge.cli.parse.SpellingHint;
import dev.midge.control.Answer;
import dev.midge.control.ClientEvent;
import dev.midge.control.ControlProblem;
import dev.midge.control.ControlWord;
import dev.midge.control.Controller;
import dev.midge.control.Facts;
import dev.midge.fault.EffectKind;
import dev.midge.fault.FaultSide;
import dev.midge.text.TerminalEscapes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/** The commands as they are typed where the broker or proxy runs. */
public final class TypedCommands {
  /** The words of other programs for it. */
  private static final Set<String> LEAVING = Set.of("quit", "exit", "bye", "q", "logout");

  private final Controller controller;
  private final FaultSide side;

  public TypedCommands(Controller controller, FaultSide side) {
    this.controller = controller;
    this.side = side;
  }

  /** Carries out the words of a line, and returns what is shown, in lines of that width. */
  public List<String> run(List<String> words, int width) {
    try {
      return answer(words, width);
    } catch (ControlProblem e) {
      return List.of("Error: " + TerminalEscapes.escaped(String.valueOf(e.getMessage())));
    }
  }

  private List<String> answer(List<String> words, int width) throws ControlProblem {
    String word = words.get(0);
    ControlWord command = ControlWord.of(word);
    if (command == null) {
      throw new ControlProblem(
          ControlProblem.Kind.USAGE, "Unknown command '" + word + "'" + hint(word));
    }
    Answer answer = controller.answer(word, words.subList(1, words.size()));
    if (answer instanceof Answer.Following following) {
      following.follower().close();
      return List.of("The log is here.");
    }
    if (answer instanceof Answer.Ending ending) {
      ending.end().run();
      return List.of();
    }
    return new AnswerText(width).lines(command, facts(answer));
  }

  private String hint(String word) {
    if (LEAVING.contains(word)) {
      return ": stop ends " + side.words() + ", Ctrl-D leaves the prompt.";
    }
    String hint = SpellingHint.hint(word, ControlWord.words());
    return hint.isEmpty() ? "; help lists them." : hint;
  }

  private static Facts facts(Answer answer) throws ControlProblem {
    if (answer instanceof Answer.Known known) {
      return known.facts();
    }
    try {
      return ((Answer.Awaited) answer).facts().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ControlProblem problem
          ? problem
          : new ControlProblem(ControlProblem.Kind.FAILED, ControlProblem.words(e.getCause()));
    }
  }

  /** Returns the words that may stand behind those of a line; none where nobody knows them. */
  public List<String> offers(List<String> before) {
    if (before.isEmpty()) {
      return ControlWord.words();
    }
    ControlWord command = ControlWord.of(before.get(0));
    if (command == null) {
      return List.of();
    }
    int argument = before.size() - 1;
    if (command.takesClient(argument)) {
      return clientIds();
    }
    if (command == ControlWord.WAIT && argument == 0) {
      return Arrays.stream(ClientEvent.values()).map(ClientEvent::word).toList();
    }
    if (command == ControlWord.KICK && argument == 1) {
      return effects(TypedCommands::isMomentary);
    }
    return command == ControlWord.FAULT && argument == 0 ? effects(kind -> true) : List.of();
  }

  private List<String> effects(Predicate<EffectKind> which) {
    return Arrays.stream(EffectKind.values())
        .filter(kind -> kind.isOf(side))
        .filter(which)
        .map(EffectKind::word)
        .toList();
  }

  /** Tells whether an effect can be had at once: it needs no packet, and is over by itself. */
  private static boolean isMomentary(EffectKind kind) {
    return switch (kind) {
      case DELAY, THROTTLE, SLICE -> false;
      default -> kind.nature() != EffectKind.Nature.PACKET;
    };
  }

  /** Returns those that can be typed as they are. */
  private List<String> clientIds() {
    try {
      return controller.clientIds().stream()
          .filter(id -> id.chars().noneMatch(TerminalEscapes::isDangerous))
          .toList();
    } catch (ControlProblem e) {
      return List.of();
    }
  }
}
