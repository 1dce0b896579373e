package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.DefaultPorts;
import dev.midge.cli.Prompt;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.BrokerUrl;
import dev.midge.cli.parse.IdleOptions;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.ProxyUrl;
import dev.midge.cli.parse.RawArguments;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.ProxySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The options for the place of the broker and the way to it. */
public final class BrokerOptions implements OptionTable.Source {
  /** A unix socket's path must fit into the system's address, with a NUL behind it. */
  private static final int MAX_PATH_BYTES = 107;

  private static final String OVER_TLS = " over TLS";

  private static final String ESCAPES = " Special characters are written as %%40 and the like.";

  private final Compatibility compatibility;
  private String host = "localhost";
  private @Nullable Integer port;
  private @Nullable String bindAddress;
  private boolean webSocket;
  private @Nullable ProxySpec proxy;
  private boolean given;
  private boolean overruled;

  private final TlsOptions tls;

  /**
   * Makes them.
   *
   * @param prompt asks for the passphrase of an encrypted key
   */
  BrokerOptions(Compatibility compatibility, Prompt prompt) {
    this.compatibility = compatibility;
    this.tls = new TlsOptions(compatibility, prompt);
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.CONNECTION)
        .add(
            Option.value(
                "HOST",
                "no host",
                "The broker's name or address (default: localhost).",
                this::host,
                "-h",
                "--host"))
        .add(
            Option.value(
                "PORT",
                "no port",
                "The broker's port (default: 1883; 8883 with --cafile or --capath). 0: the host is"
                    + " the path of a unix socket.",
                this::port,
                "-p",
                "--port"))
        .add(
            Option.value(
                "PATH",
                "no socket path",
                "Connect to the unix socket of that path.",
                this::unix,
                "--unix"))
        .add(
            Option.value(
                    "ADDRESS",
                    "no address",
                    "Local address or name to connect from.",
                    word -> bindAddress = word,
                    "-A",
                    "--bind-address")
                .lastNameOwn())
        .add(
            Option.flag(
                "Accepted; midge always sends small packets at once (TCP_NODELAY).",
                () -> {},
                "--nodelay"))
        .add(Option.flag("Speak MQTT over WebSocket.", () -> webSocket = true, "--ws"))
        .add(
            Option.value(
                "URL",
                "no proxy url",
                "Connect through a SOCKS5 proxy: socks5h://HOST[:PORT]; USER[:PASSWORD]@ may stand before HOST.",
                word -> proxy = ProxyUrl.parse(word, compatibility),
                "--proxy"));
    table.later(tls);
  }

  /**
   * The option {@code -L}.
   *
   * @param login takes user name and password
   * @param topic takes the topic and the name of the argument that it stands in; null for a command
   *     that has no topic
   */
  record Url(
      BrokerOptions broker, PasswordOptions login, @Nullable BiConsumer<String, String> topic)
      implements OptionTable.Source {
    @Override
    public void addTo(OptionTable table) {
      table
          .under(OptionGroup.CONNECTION)
          .add(
              Option.value(
                  "URL",
                  "no URL",
                  (topic == null
                          ? "The broker in one: mqtt://HOST[:PORT]"
                          : "Broker and topic in one: mqtt://HOST[:PORT]/TOPIC")
                      + ", or mqtts, ws, wss; USER[:PASSWORD]@ may stand before HOST."
                      + (broker.compatibility.decodesUrls() ? ESCAPES : ""),
                  this::set,
                  "-L",
                  "--url"));
    }

    private void set(String word) {
      BrokerUrl url =
          topic == null
              ? BrokerUrl.withoutTopic(word, broker.compatibility, "-L")
              : BrokerUrl.parse(word, broker.compatibility);
      broker.url(url);
      login.setFromUrl(url.username(), url.password());
      if (topic != null) {
        topic.accept(url.topic(), "-L topic");
      }
    }
  }

  private void url(BrokerUrl url) {
    if (overruled) {
      webSocket = false;
      tls.forgetSystemCertificates();
      overruled = false;
    }
    host = url.host();
    port = url.port();
    webSocket |= url.webSocket();
    given = true;
    if (url.tls()) {
      tls.useSystemCertificates();
    }
  }

  private void host(String word) {
    compatibility.checkHost(word);
    if (overruled && isUnix()) {
      port = null;
    }
    host = word;
    given = true;
  }

  private void port(String word) {
    port =
        compatibility.number(
            word, 0, 65535, "Error: Invalid port given: {}", ", it must be from 0 to 65535.");
    given = true;
  }

  private void unix(String path) {
    host = path;
    port = 0;
    given = true;
  }

  private boolean isUnix() {
    return port != null && port == 0;
  }

  /** Lets the next place of a broker take the place of the one so far, of a weaker source. */
  void overrule() {
    overruled = true;
  }

  /**
   * Returns the wire that a password will be sent on, for people: the broker's address, and that
   * TLS hides what is said if so.
   */
  String wire() {
    return isUnix()
        ? "unix:" + host
        : host.toLowerCase(Locale.ROOT) + ":" + port() + (tls.isWanted(port()) ? OVER_TLS : "");
  }

  /** Tells whether what goes to that {@link #wire} may go to another: that itself, or by TLS. */
  public static boolean isAsPrivate(String wire, String other) {
    return other.equals(wire) || other.equals(wire + OVER_TLS);
  }

  boolean isWebSocket() {
    return webSocket;
  }

  /** Returns the broker of a URL, reached from the same address and through the same proxy. */
  public Endpoint toEndpoint(BrokerUrl url) {
    return new Endpoint(
        url.webSocket() ? Transport.WEBSOCKET : Transport.TCP,
        url.host(),
        url.port(),
        bindAddress,
        url.tls() ? tls.ofUrl() : null,
        proxy);
  }

  /**
   * Returns a unix socket.
   *
   * @throws UsageException for a path that is too long, or empty
   */
  public static Endpoint toEndpoint(String path) {
    if (path.isEmpty() || RawArguments.bytes(path).length > MAX_PATH_BYTES) {
      throw new UsageException("Error: The path of a unix socket has 1 to 107 bytes.");
    }
    return new Endpoint(Transport.UNIX, path, 0, null, null, null);
  }

  /** Tells whether the user named a broker. */
  boolean isGiven() {
    return given;
  }

  /** Tells whether the user said by which way to reach a broker: TLS, WebSocket, a proxy. */
  boolean isWayGiven() {
    return webSocket || proxy != null || bindAddress != null || tls.isWanted(port());
  }

  String host() {
    return host;
  }

  int port() {
    return port != null ? port : tls.movesThePort() ? DefaultPorts.TLS : DefaultPorts.MQTT;
  }

  /**
   * Returns the endpoint to connect to.
   *
   * @throws UsageException for what cannot be connected to
   */
  public Endpoint toEndpoint() {
    int port = port();
    Transport transport =
        port == 0 ? Transport.UNIX : webSocket ? Transport.WEBSOCKET : Transport.TCP;
    boolean impossible =
        transport == Transport.UNIX
            ? RawArguments.bytes(host).length > MAX_PATH_BYTES
            : port < 0 || port > 65535;
    if (impossible) {
      throw UsageException.setting(
          "Unable to connect (Invalid input).",
          transport == Transport.UNIX
              ? ": the path of a unix socket has at most 107 bytes."
              : ": a port is a number from 0 to 65535.");
    }
    if (host.isEmpty()) {
      throw UsageException.setting(
          "Unable to connect (Lookup error).",
          transport == Transport.UNIX
              ? ": the path of the unix socket is empty."
              : ": the host is empty.");
    }
    return new Endpoint(
        transport,
        host,
        port,
        bindAddress,
        tls.toSpec(port),
        transport == Transport.UNIX ? null : proxy);
  }

  /** Returns the warnings about the options here and those for TLS. */
  List<String> warnings() {
    List<String> idle = new ArrayList<>();
    if (isUnix()) {
      addIf(webSocket, "--ws", idle);
      addIf(proxy != null, "--proxy", idle);
      addIf(bindAddress != null, "-A", idle);
    }
    List<String> warnings = new ArrayList<>();
    String onUnixSocket = IdleOptions.warning(idle, " on a unix socket.");
    if (onUnixSocket != null) {
      warnings.add(onUnixSocket);
    }
    String ofTls = tls.warning(port());
    if (ofTls != null) {
      warnings.add(ofTls);
    }
    return warnings;
  }

  private static void addIf(boolean given, String name, List<String> names) {
    if (given) {
      names.add(name);
    }
  }

  /** Returns the options for TLS. */
  TlsOptions tls() {
    return tls;
  }
}
