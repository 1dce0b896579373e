package dev.midge.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code EFFECT[:ARG]}. */
final class EffectParser {
  private static final String RATE = "([0-9]+)(|[kKmM]|[kKmM][bB])(/s)?";

  private final FaultSide side;
  private final FaultComplaint wrong;

  EffectParser(FaultSide side, FaultComplaint wrong) {
    this.side = side;
    this.wrong = wrong;
  }

  Effect parse(String text) throws FaultSyntaxException {
    int colon = text.indexOf(':');
    String word = colon < 0 ? text : text.substring(0, colon);
    String argument = colon < 0 ? null : text.substring(colon + 1);
    for (EffectKind kind : EffectKind.values()) {
      if (kind.word().equals(word)) {
        if (!kind.isOf(side)) {
          throw wrong.because("'" + word + "' is not for " + side.words() + ".");
        }
        return effect(kind, argument);
      }
    }
    throw wrong.because("the effect '" + word + "' is not one of " + words(side) + ".");
  }

  private Effect effect(EffectKind kind, @Nullable String argument) throws FaultSyntaxException {
    String form = kind.word() + kind.argument();
    if (kind.argument().isEmpty() && argument != null) {
      throw wrong.because("'" + kind.word() + "' takes no argument.");
    }
    if (kind.argument().startsWith(":") && argument == null) {
      throw wrong.because("'" + kind.word() + "' needs an argument: " + form + ".");
    }
    return switch (kind) {
      case FREEZE -> freeze(argument);
      case REFUSE -> refuse(argument);
      case NACK -> new Effect.Nack(argument == null ? null : code(argument, 0x80));
      case REASON -> new Effect.Reason(code(argument == null ? "" : argument, 0));
      case BLACKOUT -> new Effect.Blackout(time(argument, form));
      case DELAY -> delay(argument == null ? "" : argument, form);
      case THROTTLE -> new Effect.Throttle(rate(argument == null ? "" : argument));
      case SLICE -> slice(argument == null ? "" : argument, form);
      default -> new Effect.Plain(kind);
    };
  }

  private Effect freeze(@Nullable String argument) throws FaultSyntaxException {
    if (argument == null) {
      return Effect.FREEZE;
    }
    return switch (argument) {
      case "in" -> new Effect.Freeze(Direction.IN);
      case "out" -> new Effect.Freeze(Direction.OUT);
      default -> throw wrong.because("it is freeze, freeze:in or freeze:out.");
    };
  }

  private Effect refuse(@Nullable String argument) throws FaultSyntaxException {
    if (argument != null && !argument.equals("tcp")) {
      throw wrong.because("it is refuse or refuse:tcp.");
    }
    return new Effect.Refuse(argument != null);
  }

  private int code(String word, int least) throws FaultSyntaxException {
    boolean hex = word.toLowerCase(Locale.ROOT).startsWith("0x");
    String digits = hex ? word.substring(2) : word;
    int code = -1;
    if (Digits.are(digits, hex ? 2 : 3, hex ? 16 : 10)) {
      code = Integer.parseInt(digits, hex ? 16 : 10);
    }
    if (code < least || code > 255) {
      throw wrong.because(
          "a reason code is "
              + least
              + " to 255, decimal or such as 0x"
              + (least == 0 ? "04" : "87")
              + ".");
    }
    return code;
  }

  private Duration time(@Nullable String word, String form) throws FaultSyntaxException {
    Duration time = word == null ? null : Durations.parse(word);
    if (time == null) {
      throw wrong.because(form + " takes a time such as 300ms, 5s, 1.5s, 2m.");
    }
    return time;
  }

  private Effect delay(String argument, String form) throws FaultSyntaxException {
    Duration whole = Durations.parse(argument);
    if (whole != null) {
      return new Effect.Delay(whole, Duration.ZERO);
    }
    String[] parts = argument.split("±|\\+-", 2);
    Duration time = time(parts[0], form);
    Duration jitter = parts.length < 2 ? Duration.ZERO : time(parts[1], form);
    if (jitter.compareTo(time) > 0) {
      throw wrong.because("the jitter is at most the delay.");
    }
    return new Effect.Delay(time, jitter);
  }

  private long rate(String argument) throws FaultSyntaxException {
    Matcher form = Pattern.compile(RATE).matcher(argument);
    Supplier<FaultSyntaxException> why =
        () -> wrong.because("throttle:BYTES/s takes bytes a second, such as 1000/s or 64KB/s.");
    if (!form.matches()) {
      throw why.get();
    }
    long unit =
        form.group(2).isEmpty()
            ? 1
            : Character.toLowerCase(form.group(2).charAt(0)) == 'k' ? 1024 : 1024 * 1024;
    return unit * number(form.group(1), 1, Integer.MAX_VALUE, why);
  }

  private Effect slice(String argument, String form) throws FaultSyntaxException {
    String[] parts = argument.split(":", 2);
    int bytes =
        (int)
            number(
                parts[0],
                1,
                Integer.MAX_VALUE,
                () -> wrong.because(form + " takes bytes of a write, such as slice:1:10ms."));
    return new Effect.Slice(bytes, parts.length < 2 ? Duration.ZERO : time(parts[1], form));
  }

  /** Reads a decimal number within bounds. */
  static long number(String digits, long least, long most, Supplier<FaultSyntaxException> wrong)
      throws FaultSyntaxException {
    long number = Digits.are(digits, 18) ? Long.parseLong(digits) : -1;
    if (number < least || number > most) {
      throw wrong.get();
    }
    return number;
  }

  /** Returns the words of all effects of a side, for a complaint. */
  static String words(FaultSide side) {
    return Arrays.stream(EffectKind.values())
        .filter(kind -> kind.isOf(side))
        .map(EffectKind::word)
        .collect(Collectors.joining(", "));
  }
}
