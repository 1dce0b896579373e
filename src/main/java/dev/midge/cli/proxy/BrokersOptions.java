package dev.midge.cli.proxy;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.Prompt;
import dev.midge.cli.UsageException;
import dev.midge.cli.options.BrokerOptions;
import dev.midge.cli.options.TlsOptions;
import dev.midge.cli.parse.BrokerPlace;
import dev.midge.cli.parse.BrokerUrl;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.text.TerminalEscapes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code --to} and the options for TLS: the brokers behind the proxy. */
public final class BrokersOptions implements OptionTable.Source {
  private final List<BrokerPlace> places = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private final TlsOptions tls;

  /**
   * Makes them.
   *
   * @param prompt asks for the passphrase of an encrypted key
   */
  public BrokersOptions(Prompt prompt) {
    tls = TlsOptions.besideUrls(MidgeCompatibility.INSTANCE, prompt);
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.CONNECTION)
        .add(
            Option.value(
                    "URL",
                    "no URL",
                    "The broker: mqtt://HOST[:PORT], or mqtts, ws, wss, or unix:PATH. May be repeated: connections go to the brokers in turn, and to the next one if one cannot be reached.",
                    this::add,
                    "--to")
                .own());
    table.later(tls);
  }

  private void add(String word) {
    BrokerPlace place = BrokerPlace.parse(word, MidgeCompatibility.INSTANCE, "--to");
    if (place.url() != null && place.url().username() != null) {
      throw new UsageException(
          "Error: Invalid URL for --to argument specified - it has a user name.",
          ": clients send their own.");
    }
    places.add(place);
    words.add(word);
  }

  /**
   * Returns the brokers.
   *
   * @throws UsageException when there is none, or one cannot be connected to
   */
  public List<Endpoint> endpoints() {
    if (places.isEmpty()) {
      throw new UsageException(
          "Error: No broker given.", ": --to URL names it, such as --to mqtt://localhost:1883.");
    }
    tls.check();
    List<Endpoint> endpoints = new ArrayList<>();
    for (BrokerPlace place : places) {
      BrokerUrl url = place.url();
      endpoints.add(url == null ? BrokerOptions.toEndpoint(place.path()) : endpoint(url));
    }
    if (hasTls()) {
      tls.unlock();
    }
    return endpoints;
  }

  private Endpoint endpoint(BrokerUrl url) {
    return new Endpoint(
        url.webSocket() ? Transport.WEBSOCKET : Transport.TCP,
        url.host(),
        url.port(),
        null,
        url.tls() ? tls.ofUrl() : null,
        null);
  }

  private boolean hasTls() {
    return places.stream().anyMatch(place -> place.url() != null && place.url().tls());
  }

  /** Returns the brokers as the user wrote them. */
  String text() {
    return TerminalEscapes.escaped(String.join(", ", words));
  }

  /** Returns the warning about options for TLS; null for none. */
  public @Nullable String warning() {
    return tls.warning("--to", hasTls());
  }
}
