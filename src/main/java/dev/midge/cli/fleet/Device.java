package dev.midge.cli.fleet;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.RetryPolicy;
import dev.midge.fault.Fault;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.net.ClientChannel;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One client of a fleet: hears how it fares, and counts it. Called by the client's threads. */
final class Device implements ClientEvents {
  private final ClientWords words;
  private final ConnectSpec spec;
  private final Tally tally;
  private final FleetSetting setting;
  private final ClientEvents report;
  private final CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();
  private final Set<String> faults = new HashSet<>(2);
  private volatile boolean connected;
  private volatile int keepAlive;

  Device(ClientWords words, ConnectSpec spec, Tally tally, FleetSetting setting) {
    this.words = words;
    this.spec = spec;
    this.tally = tally;
    this.setting = setting;
    this.report = setting.report().events(spec);
    this.keepAlive = spec.keepAlive();
  }

  ClientWords words() {
    return words;
  }

  ConnectSpec spec() {
    return spec;
  }

  /** Completes when the first connection is accepted, or will not be. */
  CompletableFuture<@Nullable Void> settled() {
    return settled;
  }

  /** Returns whether a CONNACK has come. */
  boolean hasConnected() {
    return connected;
  }

  /** Returns whether that fault has not happened to this client before. */
  private synchronized boolean isNew(Fault fault) {
    return faults.add(fault.text());
  }

  @Override
  public void connected(Connack connack, String clientId) {
    keepAlive = (int) spec.keepAliveAfter(connack);
    if (!connected) {
      connected = true;
      tally.connected();
    }
    report.connected(connack, clientId);
    settled.complete(null);
  }

  @Override
  public void struck(Fault fault, FaultEvent event) {
    report.struck(fault, event);
    tally.struck(isNew(fault), keepAlive, fault, event, setting.tellsOfEach());
    settled.complete(null);
  }

  @Override
  public void warning(String line) {
    if (setting.tellsOfEach()) {
      report.warning(line);
    } else {
      tally.warning(line, words.id());
    }
  }

  @Override
  public void retrying(ConnectionFailure failure) {
    RetryPolicy retry = spec.retry();
    String when = retry == null ? "once a second" : retry.words();
    tally.retrying(connected, failure, when, words.id());
  }

  @Override
  public boolean denied(@Nullable String line) {
    tally.denied(words.number());
    return setting.strict();
  }

  @Override
  public CompletableFuture<@Nullable Void> outputFailed() {
    return setting.outputFailed();
  }

  @Override
  public boolean wantsPackets() {
    return report.wantsPackets();
  }

  @Override
  public void sending(Packet packet) {
    report.sending(packet);
  }

  @Override
  public void received(Packet packet) {
    report.received(packet);
  }

  @Override
  public void unknown(Ack pubrec) {
    report.unknown(pubrec);
  }

  @Override
  public void connecting(ClientChannel channel) {
    report.connecting(channel);
  }
}
