package dev.midge.cli.drill;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.lwt.DrillSpec;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.rows.DrillRows;
import dev.midge.lwt.rows.NetworkRows;
import dev.midge.mqtt.Topics;
import dev.midge.text.Utf8;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The options that say which rows are played, how often, and what counts. */
public final class DrillOptions implements OptionTable.Source {
  private static final int MOST_TIMES = 1000;
  private static final BigDecimal MOST_PATIENCE = BigDecimal.valueOf(3600);
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{0,9})?|\\.\\d{1,9}");

  /** As long as what the drill may put behind a prefix. */
  private static final String LONGEST_TOPIC = "row/topic/".repeat(10);

  private final RowSelection choice = new RowSelection();
  private boolean list;
  private int times = 1;
  private Duration patience = DrillSpec.ARRIVAL_TIMEOUT;
  private boolean strict;
  private @Nullable String prefix;
  private boolean proxyFaults;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.DRILL)
        .add(
            Option.flag(
                "List the rows with their rules, and play none.", () -> list = true, "--list"))
        .add(
            Option.value(
                "ID[,ID...]",
                "no row",
                "Play only these rows; * and ? are wildcards. May be repeated.",
                choice::only,
                "--only"))
        .add(
            Option.value(
                "ID[,ID...]",
                "no row",
                "Play all rows but these; may be repeated.",
                choice::skip,
                "--skip"))
        .add(
            Option.flag(
                "Also play, or list, the rows in which the network fails: midge's own proxy stands between some clients and the broker.",
                () -> proxyFaults = true,
                "--proxy-faults"))
        .add(
            Option.value(
                "N",
                "no number",
                "Play each row N times, 1 to 1000, and show the least, median and greatest time (default: 1).",
                this::times,
                "--times"))
        .add(
            Option.value(
                "SECONDS",
                "no time",
                "How late the will of a silent client may come before it counts as lost (default: 40).",
                this::patience,
                "--patience"))
        .add(
            Option.flag(
                "Count a will that comes too early or too late as a failure too.",
                () -> strict = true,
                "--strict"))
        .add(
            Option.value(
                "PREFIX",
                "no prefix",
                "Put this before all topics of the drill (default: nothing on the mini broker, a unique prefix on yours).",
                this::prefix,
                "--prefix"));
  }

  private void times(String word) {
    times =
        MidgeCompatibility.INSTANCE.number(
            word,
            1,
            MOST_TIMES,
            "Error: Invalid number of times \"{}\", it is from 1 to " + MOST_TIMES + ".",
            "");
  }

  private void patience(String word) {
    BigDecimal seconds = DECIMAL.matcher(word).matches() ? new BigDecimal(word) : null;
    if (seconds == null || seconds.compareTo(MOST_PATIENCE) > 0) {
      throw new UsageException(
          "Error: Invalid patience \"" + word + "\".",
          ": it is a number of seconds from 0 to " + MOST_PATIENCE + ".");
    }
    patience = Duration.ofMillis(seconds.movePointRight(3).longValue());
  }

  private void prefix(String word) {
    String whole = word.isEmpty() || word.endsWith("/") ? word : word + "/";
    if (!Utf8.isValid(word)) {
      throw new UsageException("Error: Malformed UTF-8 in --prefix argument.");
    }
    if (word.startsWith("$")) {
      // [MQTT-4.7.2-1]; and a shared subscription is no place to watch.
      throw new UsageException(
          "Error: Invalid prefix '" + word + "'.", ": topics that begin with $ are the broker's.");
    }
    if (word.indexOf('+') >= 0 || word.indexOf('#') >= 0) {
      throw new UsageException("Error: Invalid prefix '" + word + "', does it contain '+' or '#'?");
    }
    if (!Topics.isValidName(whole + LONGEST_TOPIC)) {
      throw new UsageException(
          "Error: Invalid prefix.",
          ": it is too long, or has too many levels; a topic has at most 65535 bytes and 200"
              + " slashes.");
    }
    prefix = whole;
  }

  /** Tells whether the rows of faults of the network are played. */
  public boolean hasProxyFaults() {
    return proxyFaults;
  }

  /** Tells whether the rows are listed and not played. */
  public boolean isList() {
    return list;
  }

  /** Returns how often each row is played. */
  public int times() {
    return times;
  }

  /** Returns how late a will that silence brings about may be. */
  public Duration patience() {
    return patience;
  }

  /** Tells whether a will that comes early or late fails the drill. */
  public boolean isStrict() {
    return strict;
  }

  /** Returns the prefix with its slash; null where the user gave none. */
  public @Nullable String prefix() {
    return prefix;
  }

  /**
   * Returns the rows to play.
   *
   * @throws UsageException for words that mean none
   */
  public List<Row> rows() {
    List<Row> all = new ArrayList<>(DrillRows.all());
    if (proxyFaults || choice.hasOnly()) { // They are skipped, with the reason.
      all.addAll(NetworkRows.all());
    }
    return choice.from(all);
  }

  /** Returns the prefix that the user wants, or a unique one. */
  public String uniquePrefix() {
    return prefix == null
        ? "midge-lwt-"
            + Integer.toHexString(ThreadLocalRandom.current().nextInt(0x10000000, 0x7FFFFFFF))
            + "/"
        : prefix;
  }
}
