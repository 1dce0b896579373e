package dev.midge.broker;

import dev.midge.broker.access.Security;
import dev.midge.broker.config.Limits;
import dev.midge.broker.config.ListenerRules;
import dev.midge.broker.config.TlsFiles;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.transport.ChannelLayers;
import dev.midge.broker.transport.Listener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The listeners of a broker: opens them, and finds them again when a configuration is reread. */
final class OpenListeners {
  private final List<Open> open = new ArrayList<>();
  private final List<Listener> sockets = new ArrayList<>();

  /**
   * A listener of the configuration.
   *
   * @param port the real one, also when a free one was asked for; 0 for a unix socket
   */
  private record Open(
      ListenerSpec spec, int port, ListenerSettings settings, ChannelLayers layers) {

    boolean isAt(ListenerSpec other) {
      return spec.port() == other.port() && Objects.equals(spec.path(), other.path());
    }

    boolean isLike(ListenerSpec other) {
      return isAt(other)
          && Objects.equals(spec.address(), other.address())
          && spec.family() == other.family()
          && spec.protocol() == other.protocol();
    }
  }

  /**
   * Opens all listeners of a configuration; none stays open if one cannot be opened.
   *
   * @throws IOException when a port cannot be opened, or a file for TLS is no good
   */
  OpenListeners(BrokerConfig config) throws IOException {
    try {
      for (ListenerSpec spec : config.allListeners()) {
        open(spec, config.limits());
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void open(ListenerSpec spec, Limits limits) throws IOException {
    ListenerSettings settings =
        new ListenerSettings(
            spec.path() == null ? String.valueOf(spec.port()) : spec.path().toString(),
            spec.limits() == null ? limits : spec.limits(),
            spec.rules(),
            spec.security());
    boolean webSocket = spec.protocol() == ListenerSpec.Protocol.WEBSOCKETS;
    ChannelLayers layers = ChannelLayers.of(spec.tls(), webSocket);
    List<Listener> opened = sockets(spec, settings, layers);
    sockets.addAll(opened);
    open.add(new Open(spec, opened.get(0).port(), settings, layers));
  }

  private static List<Listener> sockets(
      ListenerSpec spec, ListenerSettings settings, ChannelLayers layers) throws IOException {
    if (spec.path() != null) {
      return List.of(Listener.openUnix(spec.path(), settings, layers));
    }
    return Listener.open(spec.address(), spec.family(), spec.port(), settings, layers);
  }

  void close() throws IOException {
    for (Listener each : sockets) {
      each.close();
    }
  }

  /** Returns the sockets of all listeners, in the order of the configuration. */
  List<Listener> sockets() {
    return sockets;
  }

  /** Returns the port of each listener, in the order of the configuration; 0 for a unix socket. */
  List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    for (Open each : open) {
      ports.add(each.port());
    }
    return ports;
  }

  boolean haveTls() {
    for (Listener each : sockets) {
      if (each.layers().hasTls()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Finds the listener of each that a configuration names.
   *
   * @return what puts the new settings in force, on the broker thread
   * @throws IOException when one of them is not open; then nothing changes
   */
  Runnable reread(BrokerConfig config) throws IOException {
    List<Open> left = new ArrayList<>(open);
    List<Runnable> steps = new ArrayList<>();
    for (ListenerSpec spec : config.allListeners()) {
      Open found = find(left, spec);
      if (found == null) {
        throw new IOException(
            "It is not currently possible to add/remove listeners when reloading the config"
                + " file: "
                + spec.place()
                + " is new.");
      }
      left.remove(found);
      Limits limits = spec.limits() == null ? config.limits() : spec.limits();
      steps.add(() -> replace(found.settings(), limits, spec.security()));
      TlsFiles before = found.spec().tls();
      TlsFiles after = spec.tls();
      if (before != null && after != null) {
        steps.add(found.layers().reread(before.withFilesOf(after)));
      }
    }
    return () -> steps.forEach(Runnable::run);
  }

  /** Returns the one that is like it, or else one at its port: an address stays as it was. */
  private static @Nullable Open find(List<Open> open, ListenerSpec spec) {
    Open found = null;
    for (Open each : open) {
      if (each.isLike(spec)) {
        return each;
      }
      found = found == null && each.isAt(spec) ? each : found;
    }
    return found;
  }

  private static void replace(ListenerSettings settings, Limits limits, Security security) {
    ListenerRules rules = settings.rules(); // none of them changes while the listener is open
    settings.replace(settings.limits().reread(limits), rules, security);
  }
}
