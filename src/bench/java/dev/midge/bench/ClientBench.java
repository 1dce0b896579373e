package dev.midge.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The benchmark of the clients: in every round each program in turn, so that all of them see the
 * same weather. Started by {@code src/bench/clients}.
 */
public final class ClientBench {
  private final ClientOptions options;
  private final Broker brokers;
  private final List<String> leftOut = new ArrayList<>();
  private final Figures figures = new Figures();

  private ClientBench(ClientOptions options) {
    this.options = options;
    this.brokers = new Broker(options.mosquitto(), options.launcher());
  }

  public static void main(String[] words) throws Exception {
    ClientOptions options;
    try {
      options = ClientOptions.parse(words);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + ClientOptions.USAGE);
      System.exit(2);
      return;
    }
    System.exit(new ClientBench(options).run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    Machine before = Machine.now(options.launcher(), options.mosquitto());
    List<Midge> midges = new ArrayList<>();
    List<StreamCase> streams = streams();
    streams.removeIf(stream -> !options.wants(stream.name()));
    if (options.mosquitto() == null) {
      leftOut.add("mosquitto is not installed: the broker is midge's own");
    }
    boolean withPeer = Machine.inPath("mosquitto_pub") != null;
    if (!withPeer) {
      leftOut.add("mosquitto_pub, mosquitto_sub and mosquitto_rr are not installed");
    }
    for (Path java : options.javas()) {
      Midge midge = new Midge(options.launcher(), java, true);
      midges.add(midge);
      if (!midge.warmUp()) {
        leftOut.add("no start-up archive could be made for " + midge.version());
      }
    }
    if (options.wants("start")) {
      starts(midges, withPeer);
    }
    for (int round = 1; round <= options.rounds(); round++) {
      for (StreamCase stream : streams) {
        if (!stream.isLong() || round <= options.longRounds()) {
          stream(round, stream, midges.get(0), withPeer && stream.isForMosquitto());
        }
      }
    }
    new ClientReport(options, before, midges, streams, figures, leftOut)
        .page()
        .write(options.markdown(), "clients");
    return figures.failures().isEmpty();
  }

  private void starts(List<Midge> midges, boolean withPeer) throws Exception {
    StartCases cases = new StartCases(brokers, options.mqttJs());
    List<StartCase> all = new ArrayList<>();
    for (int i = 0; i < midges.size(); i++) {
      all.addAll(cases.ofMidge(midges.get(i), i));
    }
    if (withPeer) {
      all.addAll(cases.ofMosquitto());
    }
    if (options.mqttJs() == null) {
      leftOut.add("MQTT.js is not installed (npm's package mqtt; see --mqttjs)");
    } else {
      all.add(cases.ofMqttJs());
    }
    try (Broker.Running broker = brokers.start(Broker.Kind.STOCK)) {
      cases.at(broker);
      for (int round = 1; round <= options.rounds(); round++) {
        Collections.rotate(all, all.size() / 3); // nobody is always the first
        for (StartCase one : all) {
          measure(round, one.name(), () -> one.run(options.starts()));
        }
      }
    }
  }

  private void stream(int round, StreamCase stream, Midge midge, boolean withPeer)
      throws InterruptedException {
    String word = stream.publishes() ? "pub" : "sub";
    List<Runnable> both = new ArrayList<>();
    boolean[] done = new boolean[2];
    String mine = stream.name() + " midge";
    String theirs = stream.name() + " mosquitto";
    both.add(() -> done[0] = measure(round, mine, () -> stream.run(brokers, midge.command(word))));
    if (withPeer) {
      both.add(
          () ->
              done[1] =
                  measure(
                      round,
                      theirs,
                      () -> stream.run(brokers, Midge.program("mosquitto_" + word))));
    }
    Collections.rotate(both, round - 1);
    both.forEach(Runnable::run);
    if (withPeer && done[0] != done[1]) {
      figures.forgetLast(
          done[0] ? mine : theirs); // who was measured without the other cannot be compared
    }
  }

  private interface Measurement {
    Map<String, Double> take() throws IOException, InterruptedException;
  }

  private boolean measure(int round, String name, Measurement measurement) {
    try {
      Map<String, Double> measured = measurement.take();
      figures.add(name, measured);
      System.err.println(Figures.line(round, name, measured));
      return true;
    } catch (IOException e) {
      figures.failures().add(name + ": " + e.getMessage());
      System.err.println(round + "  " + name + ": " + e.getMessage());
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<StreamCase> streams() {
    List<StreamCase> all = new ArrayList<>();
    for (Broker.Kind at : List.of(Broker.Kind.STOCK, Broker.Kind.NODELAY)) {
      all.add(new StreamCase(true, 0, 1_000_000, at, 0.9));
      all.add(new StreamCase(true, 1, 60_000, at, 1));
      all.add(new StreamCase(true, 2, 60_000, at, 1));
      for (int qos = 0; qos <= 2; qos++) {
        all.add(new StreamCase(false, qos, 60_000, at, 1));
      }
    }
    for (int qos = 1; qos <= 2; qos++) {
      all.add(new StreamCase(true, qos, 1_000_000, Broker.Kind.NODELAY, Double.NaN));
    }
    for (int qos = 0; qos <= 2; qos++) {
      all.add(new StreamCase(false, qos, 1_000_000, Broker.Kind.NODELAY, 1));
    }
    for (int qos = 0; qos <= 2; qos++) {
      all.add(new StreamCase(false, qos, 1_000_000, Broker.Kind.MIDGE, qos == 0 ? 0.5 : 0.7));
    }
    return all;
  }
}
