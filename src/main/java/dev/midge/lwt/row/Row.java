package dev.midge.lwt.row;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.ProtocolVersion;
import java.util.Set;

/**
 * One rule about wills and the way to try it. Tables, lists, JSON and reports are printed from it.
 *
 * @param id the name on the command line, such as {@code takeover-kept}
 * @param clause where the rule stands, in MQTT 5.0 unless it says otherwise
 * @param rule the rule in one sentence
 * @param ending what the client does, in a few words
 * @param expected what the broker owes for that, in a few words
 * @param versions the versions of MQTT that have the rule
 */
public record Row(
    String id,
    String clause,
    String rule,
    String ending,
    String expected,
    Set<ProtocolVersion> versions,
    Set<Need> needs,
    Script script) {

  /** A feature of the broker or the connection without which a row is skipped. */
  public enum Need {
    QOS_1,
    QOS_2,
    RETAIN,
    SHARED_SUBSCRIPTIONS,
    TLS,
    WEBSOCKET
  }

  /** The stimulus and the judgement of one row. */
  public interface Script {
    /**
     * Plays the row to its end, on a thread of its own.
     *
     * @throws RowAborted when it cannot be judged
     */
    Finding play(RowRun run) throws ConnectionFailure, RowAborted, InterruptedException;
  }
}
