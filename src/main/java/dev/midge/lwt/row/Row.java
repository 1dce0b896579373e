package dev.midge.lwt.row;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.EngineKind;
import dev.midge.mqtt.ProtocolVersion;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule about wills and the way to try it. Tables, lists, JSON and reports are printed from it.
 *
 * @param id the name on the command line, such as {@code takeover-kept}
 * @param clause the section of the rule, in MQTT 5.0 unless it says otherwise
 * @param rule the rule in one sentence
 * @param ending the way in which the client ends, in a few words
 * @param expected the behaviour that the rule wants of the broker, in a few words
 * @param versions the versions of MQTT that have the rule
 * @param needs the features without which the row is skipped
 * @param byPackets whether a client sends what no client library does, so that none can play it
 */
public record Row(
    String id,
    String clause,
    String rule,
    String ending,
    String expected,
    Set<ProtocolVersion> versions,
    Set<Need> needs,
    boolean byPackets,
    Script script) {

  /** Makes a row whose sets do not change. */
  public Row {
    versions = Set.copyOf(versions);
    needs = Set.copyOf(needs);
  }

  /** Returns a row for all versions of MQTT that needs no feature. */
  public static Row of(
      String id, String clause, String rule, String ending, String expected, Script script) {
    Set<ProtocolVersion> versions = Set.of(ProtocolVersion.values());
    return new Row(id, clause, rule, ending, expected, versions, Set.of(), false, script);
  }

  /** Returns this row for MQTT 5 only. */
  public Row onlyV5() {
    Set<ProtocolVersion> versions = Set.of(ProtocolVersion.V5);
    return new Row(id, clause, rule, ending, expected, versions, needs, byPackets, script);
  }

  /** Returns this row with a feature without which it is skipped. */
  public Row needing(Need need) {
    Set<Need> needs = Set.of(need);
    return new Row(id, clause, rule, ending, expected, versions, needs, byPackets, script);
  }

  /** Returns this row as one that the drill plays by its own packets whatever the engine is. */
  public Row onlyByPackets() {
    return new Row(id, clause, rule, ending, expected, versions, needs, true, script);
  }

  /**
   * Returns what speaks for the clients of this row whose wills are examined.
   *
   * @param chosen the engine that the user wants
   * @return null for the drill's own packets
   */
  public @Nullable EngineKind engine(@Nullable EngineKind chosen) {
    return byPackets ? null : chosen;
  }

  /** A feature of the broker or the connection without which a row is skipped. */
  public enum Need {
    QOS_1,
    QOS_2,
    RETAIN,
    SHARED_SUBSCRIPTIONS,
    TLS,
    WEBSOCKET,
    /** A network between, which can be made to fail: {@code --proxy-faults}. */
    NETWORK
  }

  /** The stimulus and the judgement of one row. */
  public interface Script {
    /**
     * Plays the row to its end, on a thread of its own.
     *
     * @throws RowAborted when the row ends early
     * @throws ConnectionFailure when the row cannot be judged, since a connection has failed
     */
    ScriptResult play(RowRun run) throws ConnectionFailure, RowAborted, InterruptedException;
  }
}
