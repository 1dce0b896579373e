package dev.midge.cli.control;

import dev.midge.control.ControlWord;
import dev.midge.control.Facts;
import dev.midge.text.TerminalEscapes;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** The answers as people read them, in lines that fit a width; what others chose is escaped. */
public final class AnswerText {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final int width;

  /**
   * @param width columns of a line
   */
  public AnswerText(int width) {
    this.width = width;
  }

  /** Returns the lines of an answer that is no failure. */
  public List<String> lines(ControlWord command, Facts answer) {
    return switch (command) {
      case CLIENTS -> clients(answer.list("clients"));
      case SESSIONS -> sessions(answer.list("sessions"));
      case RETAINED -> retained(answer);
      case FAULTS -> faults(answer.list("faults"));
      case HELP -> help(answer.list("help"));
      case LOG -> answer.list("log").stream().map(AnswerText::logLine).toList();
      case CLIENT -> ClientText.lines(answer.facts("client"));
      case WILL -> ClientText.wills(answer);
      case FAULT ->
          List.of("Fault " + answer.text("number") + ": " + ClientText.shown(answer, "fault"));
      case CLEAR -> List.of("Cleared: " + answer.text("cleared"));
      case KICK, BLACKOUT ->
          List.of(
              ClientText.shown(answer, "effect") + ": " + ClientText.shown(answer, "client_id"));
      case WAIT -> List.of(ClientText.shown(answer, "client_id") + " " + answer.text("event"));
      case PAUSE -> List.of("Paused: new connections wait.");
      case RESUME -> List.of("Connections are accepted.");
      case STOP -> List.of("Stopped.");
    };
  }

  private List<String> clients(List<Facts> clients) {
    if (clients.stream().anyMatch(client -> client.has("broker"))) {
      return passed(clients);
    }
    TextTable table =
        new TextTable("CLIENT", "ADDRESS", "MQTT", "SINCE", "SUBS", "INFL", "QUEUE", "WILL");
    for (Facts client : clients) {
      table.row(
          ClientText.shown(client, "client_id"),
          ClientText.shown(client, "address"),
          version(client),
          clock(client.text("since")),
          client.text("subscription_count"),
          client.text("inflight"),
          client.text("queued"),
          ClientText.shown(client, "will_topic"));
    }
    return clients.isEmpty() ? List.of("No client is connected.") : table.lines(width);
  }

  /** Returns the clients of a proxy, which knows of packets and not of sessions. */
  private List<String> passed(List<Facts> clients) {
    TextTable table = new TextTable("CLIENT", "ADDRESS", "MQTT", "SINCE", "IN", "OUT", "BROKER");
    for (Facts client : clients) {
      table.row(
          ClientText.shown(client, "client_id"),
          ClientText.shown(client, "address"),
          version(client),
          clock(client.text("since")),
          client.text("packets_in"),
          client.text("packets_out"),
          ClientText.shown(client, "broker"));
    }
    return table.lines(width);
  }

  private List<String> sessions(List<Facts> sessions) {
    TextTable table =
        new TextTable("CLIENT", "CONNECTED", "ENDS IN", "SUBS", "INFL", "QUEUE", "DELAYED WILL");
    for (Facts session : sessions) {
      table.row(
          ClientText.shown(session, "client_id"),
          session.is("connected") ? "yes" : "no",
          ClientText.seconds(session.value("session_ends_in")),
          session.text("subscription_count"),
          session.text("inflight"),
          session.text("queued"),
          ClientText.shown(session, "delayed_will_topic"));
    }
    return sessions.isEmpty() ? List.of("There are no sessions.") : table.lines(width);
  }

  private List<String> retained(Facts answer) {
    List<Facts> messages = answer.list("retained");
    TextTable table = new TextTable("TOPIC", "QOS", "BYTES", "PAYLOAD");
    for (Facts message : messages) {
      table.row(
          ClientText.shown(message, "topic"),
          message.text("qos"),
          message.text("bytes"),
          ClientText.payload(message));
    }
    if (messages.isEmpty()) {
      return List.of("No retained message matches.");
    }
    List<String> lines = new ArrayList<>(table.lines(width));
    if (answer.is("more")) {
      lines.add("There are more; a filter shows fewer.");
    }
    return lines;
  }

  private List<String> faults(List<Facts> faults) {
    TextTable table = new TextTable("N", "HAPPENED", "FAULT");
    for (Facts fault : faults) {
      table.row(
          fault.text("number"),
          fault.text("happened") + (fault.is("open") ? "" : ", done"),
          ClientText.shown(fault, "fault"));
    }
    return faults.isEmpty() ? List.of("No fault is planned.") : table.lines(width);
  }

  private static List<String> help(List<Facts> words) {
    List<String> lines = new ArrayList<>();
    for (Facts word : words) {
      lines.add(word.text("command"));
      lines.add("    " + word.text("does"));
    }
    return lines;
  }

  /** Returns a line of the log. */
  public static String logLine(Facts line) {
    String lost =
        line.value("lost_before") == null
            ? ""
            : "(" + line.text("lost_before") + " lines were lost)\n";
    return lost + clock(line.text("time")) + " " + ClientText.shown(line, "text");
  }

  private static String clock(String time) {
    try {
      return CLOCK.format(LocalTime.ofInstant(Instant.parse(time), ZoneId.systemDefault()));
    } catch (DateTimeParseException e) {
      return TerminalEscapes.escaped(time);
    }
  }

  private static String version(Facts client) {
    return switch (client.text("protocol_version")) {
      case "3" -> "3.1";
      case "4" -> "3.1.1";
      default -> ClientText.shown(client, "protocol_version");
    };
  }
}
