package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.console.DebugLines;
import dev.midge.cli.fault.FaultText;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.cli.options.FaultOptions;
import dev.midge.client.ClientFaults;
import dev.midge.client.ConnectSpec;
import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.Moment;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.fault.plan.PlannedFault;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Suback;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The console of a client that has more to tell than most: the effect of a fault, and that it is
 * subscribed. An ordinary client does not load it.
 */
class DetailedClientConsole extends ClientConsole {
  private final ConnectSpec spec;
  private final @Nullable String subscribed;
  private volatile int keepAlive;
  private volatile boolean told;

  /**
   * Makes one.
   *
   * @param debug null without {@code -d}
   * @param subscribed the line to print after the first SUBACK that granted something; null for
   *     none
   */
  DetailedClientConsole(
      PrintStream err,
      Compatibility compatibility,
      boolean quiet,
      @Nullable DebugLines debug,
      ConnectSpec spec,
      @Nullable String subscribed) {
    super(err, compatibility, quiet, debug);
    this.spec = spec;
    this.subscribed = subscribed;
    this.keepAlive = spec.keepAlive();
  }

  @Override
  public boolean wantsPackets() {
    return subscribed != null || super.wantsPackets();
  }

  @Override
  public void received(Packet packet) {
    super.received(packet);
    if (subscribed != null && !told && packet instanceof Suback suback && isAnyGranted(suback)) {
      told = true;
      warning(subscribed);
    }
  }

  private static boolean isAnyGranted(Suback suback) {
    for (int code : suback.reasonCodes()) {
      if (!ReasonCode.isFailure(code)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void connected(Connack connack, String clientId) {
    super.connected(connack, clientId);
    // [MQTT-3.1.2-21]
    keepAlive = (int) connack.properties().number(Property.SERVER_KEEP_ALIVE, spec.keepAlive());
  }

  @Override
  void begin(Command command, ConnectOptions connect, ConnectSpec wanted) {
    super.begin(command, connect, wanted);
    ClientFaults faults = wanted.faults();
    if (faults != null && faults.plan().isRandom()) {
      long seed = faults.plan().seed();
      warning("Fault seed " + seed + ": --fault-seed " + seed + " repeats this run.");
    }
  }

  @Override
  public void struck(Fault fault, FaultEvent event) {
    answered(); // A client that is frozen before CONNACK waits for its broker without a limit.
    warning(FaultText.of(fault, event));
    if (fault.hasAny(e -> e instanceof Effect.Freeze f && f.direction().covers(Direction.OUT))) {
      warning(FaultOptions.brokerTimeout(keepAlive));
    }
  }

  /** Somebody tests with this: a fault that did not happen must not look like one that did. */
  @Override
  boolean anyMissed(ClientFaults planned) {
    boolean missed = false;
    for (PlannedFault each : planned.plan().faults()) {
      if (each.happened() == 0 && !(each.fault().moment() instanceof Moment.Random)) {
        missed = true;
        warning(
            "Error: the planned fault "
                + each.fault().words()
                + " did not happen: the end came before.");
      }
    }
    return missed;
  }
}
