package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.console.DebugLines;
import dev.midge.cli.options.FaultOptions;
import dev.midge.client.ConnectSpec;
import dev.midge.fault.EffectKind;
import dev.midge.fault.Fault;
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
  public void struck(Fault fault) {
    super.struck(fault);
    if (fault.has(EffectKind.FREEZE)) {
      warning(FaultOptions.brokerTimeout(keepAlive));
    }
  }
}
