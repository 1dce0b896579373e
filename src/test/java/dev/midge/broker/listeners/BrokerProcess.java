package dev.midge.broker.listeners;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.TlsFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * A broker in a process of its own, with a listener of TCP and one of TLS. Prints their ports, and
 * for each line of its input threads and bytes in use; ends with its input.
 */
final class BrokerProcess {
  private BrokerProcess() {}

  /**
   * Runs it.
   *
   * @param args certificate and key
   */
  public static void main(String[] args) throws IOException {
    TlsFiles files = new TlsFiles(Path.of(args[0]), Path.of(args[1]));
    try (Broker broker =
            Broker.start(
                new BrokerConfig(List.of(0), event -> {}, false)
                    .withListener(ListenerSpec.tcp(0).withTls(files)));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      System.out.println(broker.port() + " " + broker.ports().get(1));
      while (in.readLine() != null) {
        System.gc();
        System.out.println(
            ManagementFactory.getThreadMXBean().getThreadCount()
                + " "
                + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      }
    }
  }
}
