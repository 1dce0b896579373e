package dev.midge.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Looks which addresses localhost has. */
final class LocalhostCheck implements Check {
  private static final String CURE = "have /etc/hosts say: 127.0.0.1 localhost";

  /** Finds the addresses of a name. */
  interface Resolver {
    InetAddress[] resolve(String name) throws UnknownHostException;
  }

  private final Resolver resolver;

  LocalhostCheck(Resolver resolver) {
    this.resolver = resolver;
  }

  @Override
  public Diagnosis look() throws IOException {
    List<String> addresses = new ArrayList<>();
    boolean well = true;
    try {
      for (InetAddress address : resolver.resolve("localhost")) {
        addresses.add(address.getHostAddress().replace("0:0:0:0:0:0:0:1", "::1"));
        well &= address.isLoopbackAddress();
      }
    } catch (UnknownHostException e) {
      return Diagnosis.wrong("the name is not known", CURE);
    }
    String text = String.join(" and ", addresses);
    return well ? Diagnosis.ok(text) : Diagnosis.wrong(text + ", not this machine alone", CURE);
  }
}
