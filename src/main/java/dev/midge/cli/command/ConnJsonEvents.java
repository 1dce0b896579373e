package dev.midge.cli.command;

import dev.midge.cli.console.StandardOutput;
import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.job.JobResult;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.format.JsonEvents;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.packet.Connack;
import dev.midge.net.Endpoint.Transport;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of {@code conn --json} on standard output: one object for CONNACK, for a fault and for
 * the end, be it a failure or not. Used by the client's threads.
 */
final class ConnJsonEvents {
  private final JsonEvents events;

  /** Makes the events of one connection, with the times of that clock. */
  ConnJsonEvents(StandardOutput out, Clock clock) {
    events = new JsonEvents(out, clock);
  }

  void connected(Connack connack, String clientId, ConnectSpec spec) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("host", spec.endpoint().host());
    if (spec.endpoint().transport() != Transport.UNIX) {
      facts.put("port", spec.endpoint().port());
    }
    facts.put("client_id", clientId);
    facts.put("protocol_version", spec.version().level());
    facts.put("session_present", connack.sessionPresent());
    if (spec.will() != null) {
      facts.put("will_topic", spec.will().message().topic());
    }
    write("connected", facts, connack.properties());
  }

  void struck(FaultEvent event) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("fault", event.fault());
    facts.put("effects", event.effects());
    facts.put("moment", event.moment());
    facts.put("connection", event.connection());
    facts.put("number", event.number());
    facts.put("since_start", event.since().toNanos() / 1e9);
    write("fault", facts, Properties.NONE);
  }

  /** Writes an end that is no failure. */
  void ended(JobResult ending) {
    ended(ending, null);
  }

  /**
   * Writes the same of one of many clients.
   *
   * @param clientId null where there is one alone
   */
  void ended(JobResult ending, @Nullable String clientId) {
    Map<String, Object> facts = of(clientId);
    facts.put(
        "how", ending == JobResult.DONE ? "disconnected" : ending.name().toLowerCase(Locale.ROOT));
    write("ended", facts, Properties.NONE);
  }

  /** Writes a failure, with the broker's reason. */
  void failed(ConnectionFailure failure) {
    failed(failure, null);
  }

  /**
   * Writes the same of one of many clients.
   *
   * @param clientId null where there is one alone
   */
  void failed(ConnectionFailure failure, @Nullable String clientId) {
    Map<String, Object> facts = of(clientId);
    facts.put("kind", failure.kind().name().toLowerCase(Locale.ROOT));
    if (failure.code() != 0 || failure.kind() == ConnectionFailure.Kind.DISCONNECTED) {
      facts.put("reason_code", failure.code());
    }
    if (failure.reasonString() != null) {
      facts.put("reason_string", failure.reasonString());
    }
    if (failure.serverReference() != null) {
      facts.put("server_reference", failure.serverReference());
    }
    write("failed", facts, Properties.NONE);
  }

  private static Map<String, Object> of(@Nullable String clientId) {
    Map<String, Object> facts = new LinkedHashMap<>();
    if (clientId != null) {
      facts.put("client_id", clientId);
    }
    return facts;
  }

  private void write(String event, Map<String, Object> facts, Properties properties) {
    try {
      events.write(event, facts, properties);
    } catch (IOException e) {
      // StandardOutput has told, which ends the job.
    }
  }
}
