package dev.midge.cli.drill;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.options.BrokerOptions;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.cli.parse.BrokerPlace;
import dev.midge.cli.parse.BrokerUrl;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.RawArguments;
import dev.midge.net.Endpoint;
import dev.midge.text.Utf8;
import java.util.ArrayList;
import java.util.List;

/** {@code --against}: the brokers to compare. */
public final class AgainstOptions implements OptionTable.Source {
  private final List<BrokerPlace> places = new ArrayList<>();

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.DRILL)
        .add(
            Option.value(
                "URL",
                "no URL",
                "Compare brokers: mqtt://HOST[:PORT], or mqtts, ws, wss, or unix:PATH;"
                    + " USER[:PASSWORD]@ may stand before HOST. Repeat it for each broker.",
                this::add,
                "--against"));
  }

  private void add(String word) {
    BrokerPlace place = BrokerPlace.parse(word, MidgeCompatibility.INSTANCE, "--against");
    BrokerUrl url = place.url();
    if (url != null && url.username() != null && !Utf8.isValid(url.username())) {
      throw new UsageException("Error: Malformed UTF-8 in --against argument.");
    }
    places.add(place);
  }

  /** Tells whether brokers are compared. */
  public boolean isGiven() {
    return !places.isEmpty();
  }

  /** Tells whether TLS is spoken with one of them. */
  public boolean hasTls() {
    return places.stream().anyMatch(place -> place.url() != null && place.url().tls());
  }

  /**
   * Returns the brokers, with the options that are not about one broker alone.
   *
   * @param prefix before the topics
   * @throws UsageException for one that cannot be connected to
   */
  public List<DrillBroker> brokers(ConnectOptions connect, String prefix) {
    List<DrillBroker> brokers = new ArrayList<>();
    for (BrokerPlace place : places) {
      BrokerUrl url = place.url();
      Endpoint endpoint =
          url == null ? BrokerOptions.toEndpoint(place.path()) : connect.endpoint(url);
      String username = url == null || url.username() == null ? connect.username() : url.username();
      byte[] password =
          url == null || url.password() == null
              ? connect.password()
              : RawArguments.bytes(url.password());
      brokers.add(DrillBroker.of(endpoint, connect, username, password, prefix));
    }
    return brokers;
  }
}
