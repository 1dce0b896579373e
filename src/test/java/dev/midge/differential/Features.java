package dev.midge.differential;

import static dev.midge.differential.Aspect.ERR;
import static dev.midge.differential.Aspect.OUT;
import static dev.midge.differential.Aspect.STATUS;
import static dev.midge.differential.Aspect.WIRE;
import static dev.midge.differential.Mark.DEFECT_OF_MOSQUITTO;
import static dev.midge.differential.Mark.SINCE_2_1;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The differences that show in many cases. Each of them has to show in one at least. */
final class Features {
  private Features() {}

  private static final Pattern SENDING = Pattern.compile("(Client \\S+ sending )SUBSCRIBE");
  private static final Pattern USER_PROPERTIES =
      Pattern.compile("\"user-properties\":\\{(\"k\":\"v\"),(\"a\":\"b c\")}");

  static final List<Feature> ALL =
      List.of(
          Feature.of(
              "11",
              SINCE_2_1,
              "an id that does not exist is null, but for CONNACK",
              OUT,
              (act, text) ->
                  text.replaceAll("Client \\(null\\) (?!received CONNACK)", "Client null ")),
          Feature.of(
              "14",
              SINCE_2_1,
              "no Z before the offset",
              OUT,
              (act, text) -> text.replace("TIME.MICROSZ", "TIME.MICROS")),
          Feature.of(
              "14",
              SINCE_2_1,
              "retain is a boolean",
              OUT,
              (act, text) ->
                  text.replace("\"retain\":0", "\"retain\":false")
                      .replace("\"retain\":\t0", "\"retain\":\tfalse")),
          Feature.of(
              "14",
              SINCE_2_1,
              "user properties are an array",
              OUT,
              (act, text) ->
                  USER_PROPERTIES.matcher(text).replaceAll("\"user-properties\":[{$1},{$2}]")),
          new Feature("15", DEFECT_OF_MOSQUITTO, "rr says good-bye", Features::withFarewell),
          Feature.words(
              "3",
              "You must specify a topic to subscribe to",
              "You must specify a topic to subscribe to (-t) or unsubscribe from (-U)"),
          Feature.words("5", "Error: unsupported URL", "Error: Unsupported URL"),
          Feature.of(
              "12",
              SINCE_2_1,
              "why a file cannot be read",
              ERR,
              (act, text) ->
                  text.replaceAll(
                      "Error: Unable to open file (.*)",
                      "Error: Unable to read file $1: No such file or directory")));

  /** Where rr has ended well, or found that it cannot go on, and said nothing. */
  private static Observation withFarewell(Case act, Observation seen) {
    String wire = seen.get(WIRE);
    boolean gone = !seen.get(STATUS).matches("0|24") || wire.contains("DISCONNECT");
    if (!act.tool.equals("rr") || gone || !wire.contains("SUBSCRIBE")) {
      return seen;
    }
    String out = seen.get(OUT);
    Matcher sending = SENDING.matcher(out);
    String all = wire + "DISCONNECT e000\n";
    if (act.sorted) {
      all = all.lines().sorted().map(line -> line + "\n").collect(Collectors.joining());
    }
    return seen.with(WIRE, all)
        .with(OUT, sending.find() ? out + sending.group(1) + "DISCONNECT\n" : out);
  }

  static Observation contract(Case act, Observation mosquitto) {
    Observation seen = mosquitto;
    for (Feature feature : ALL) {
      seen = feature.apply(act, seen);
    }
    return seen;
  }
}
