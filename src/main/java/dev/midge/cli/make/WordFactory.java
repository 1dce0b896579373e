package dev.midge.cli.make;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.RawArguments;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the words of templates. */
final class WordFactory {
  private static final int MOST_BYTES = 65536;
  private static final String WHOLE = "-?[0-9]{1,18}";

  /** Always with milliseconds, so that times have one length and sort as text. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final String option;
  private final Map<String, String> environment;

  /**
   * Makes one.
   *
   * @param option that the template is the argument of, for complaints
   */
  WordFactory(String option, Map<String, String> environment) {
    this.option = option;
    this.environment = environment;
  }

  /**
   * Returns the word.
   *
   * @param shown as the user wrote it, for complaints
   * @throws UsageException for wrong arguments
   */
  Word make(TemplateWord word, List<String> arguments, String shown) {
    Word made = arguments.isEmpty() ? bare(word) : withArguments(word, arguments);
    if (made == null) {
      throw new UsageException("Error: " + option + ": " + shown + " must be " + word.form() + ".");
    }
    return made;
  }

  private @Nullable Word bare(TemplateWord word) {
    return switch (word) {
      case COUNT -> text(facts -> Long.toString(facts.number()));
      case TIME -> text(facts -> TIME.format(facts.time()));
      case UNIX -> text(facts -> Long.toString(facts.time().getEpochSecond()));
      case UNIX_MS -> text(facts -> Long.toString(facts.time().toEpochMilli()));
      case LINE -> (facts, to) -> to.writeBytes(facts.line());
      case UUID -> text(facts -> uuid(facts.chance()));
      case ID -> text(facts -> facts.client().id());
      case CLIENT -> text(facts -> Integer.toString(facts.client().number()));
      case HOSTNAME -> fixed(HostName.get(option));
      case PID -> fixed(Long.toString(ProcessHandle.current().pid()));
      default -> null;
    };
  }

  private @Nullable Word withArguments(TemplateWord word, List<String> arguments) {
    int count = arguments.size();
    return switch (word) {
      case COUNT -> count == 1 ? countFrom(arguments.get(0)) : null;
      case RANDOM -> count == 2 ? random(arguments.get(0), arguments.get(1)) : null;
      case SINE -> count == 3 ? sine(arguments) : null;
      case HEX -> count == 1 ? hex(arguments.get(0)) : null;
      case PICK ->
          (facts, to) ->
              to.writeBytes(
                  RawArguments.bytes(arguments.get((int) facts.chance().between(0, count - 1))));
      case CYCLE ->
          (facts, to) ->
              to.writeBytes(
                  RawArguments.bytes(arguments.get((int) ((facts.number() - 1) % count))));
      case ENV -> count == 1 ? fixed(variable(arguments.get(0))) : null;
      default -> null;
    };
  }

  private static @Nullable Word countFrom(String start) {
    if (!start.matches(WHOLE)) {
      return null;
    }
    long before = Long.parseLong(start) - 1;
    return text(facts -> Long.toString(before + facts.number()));
  }

  private static @Nullable Word random(String from, String to) {
    Numbers numbers = Numbers.parse(from, to);
    return numbers == null ? null : text(facts -> numbers.random(facts.chance()));
  }

  private static @Nullable Word sine(List<String> arguments) {
    Numbers numbers = Numbers.parse(arguments.get(1), arguments.get(2));
    if (numbers == null || !arguments.get(0).matches("[0-9]{1,9}")) {
      return null;
    }
    int period = Integer.parseInt(arguments.get(0));
    return period < 2
        ? null
        : text(facts -> numbers.wave((double) ((facts.number() - 1) % period) / period));
  }

  private static @Nullable Word hex(String bytes) {
    int count = bytes.matches("[0-9]{1,5}") ? Integer.parseInt(bytes) : 0;
    return count < 1 || count > MOST_BYTES
        ? null
        : text(facts -> HexFormat.of().formatHex(facts.chance().bytes(count)));
  }

  private String variable(String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new UsageException(
          "Error: "
              + option
              + ": the environment has no variable "
              + name
              + " for {env "
              + name
              + "}.");
    }
    return value;
  }

  /** Returns a version 4 UUID. */
  private static String uuid(Chance chance) {
    long high = chance.next() & ~0xF000L | 0x4000L;
    long low = chance.next() >>> 2 | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }

  private static Word fixed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return (facts, to) -> to.writeBytes(bytes);
  }

  private static Word text(Function<MessageFacts, String> text) {
    return (facts, to) -> to.writeBytes(text.apply(facts).getBytes(StandardCharsets.UTF_8));
  }
}
