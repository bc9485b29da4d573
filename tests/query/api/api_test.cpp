// SPDX-License-Identifier: Apache-2.0
#include "query/api/api.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "tests/query/lived.h"

namespace bylined::api {
namespace {

namespace json = markup::json;
using tests::lived;

class FakeDaemon final : public query::Live {
 public:
  query::Readiness readiness() const override { return readiness_; }
  std::string metrics_text() const override { return "bylined_up 1\n"; }
  json::object facts() const override { return {{"version", "test"}}; }
  settings::SettingsPtr settings() const override { return std::make_shared<const settings::Settings>(in_force); }
  Instant now() const override { return lived().now(); }
  Task<Status> replay(model::DeliveryId delivery, std::string by) override {
    orders.push_back("replay " + delivery.value + " by " + by);
    co_return Status();
  }
  Task<Result<query::Copying>> backup(std::string path, std::string by) override {
    orders.push_back("backup " + path + " by " + by);
    co_return copying;
  }

  settings::Settings in_force = *lived().settings();
  query::Copying copying = query::Copying::kComplete;
  query::Readiness readiness_{true, {}};
  std::vector<std::string> orders;
};

struct Rig {
  FakeDaemon daemon;
  query::ReadingRoom room{lived().database()};
  const net::Handler handler = make_handler(daemon, room);

  static Task<void> into(net::Handler handler, net::ServerRequest request, net::ServerResponse& response) { response = co_await handler(std::move(request)); }

  net::ServerResponse send(net::ServerRequest request) {
    boost::asio::io_context context;
    net::ServerResponse response;
    response.status = 0;
    const auto rethrow = [](std::exception_ptr thrown) {
      if (thrown) std::rethrow_exception(thrown);
    };
    boost::asio::co_spawn(context, into(handler, std::move(request), response), rethrow);
    context.run_for(std::chrono::seconds(20));
    return response;
  }

  net::ServerResponse get(const std::string& target, const std::string& host = "127.0.0.1:7277") {
    net::ServerRequest request;
    request.method = "GET";
    request.target = target;
    request.headers.emplace_back("host", host);
    request.peer.address = "127.0.0.1";
    return send(std::move(request));
  }

  net::ServerResponse post(const std::string& target, const std::string& body, bool unix_socket) {
    net::ServerRequest request;
    request.method = "POST";
    request.target = target;
    request.headers.emplace_back("host", "localhost");
    request.body = body;
    request.peer.unix_socket = unix_socket;
    request.peer.uid = 1234;
    return send(std::move(request));
  }
};

TEST(Api, ProbesSayWhyWeAreNotReady) {
  Rig rig;
  EXPECT_EQ(rig.get("/livez").status, 200);
  EXPECT_EQ(rig.get("/readyz").status, 200);
  rig.daemon.readiness_ = query::Readiness{false, {"storage: disk full"}};
  const auto unready = rig.get("/readyz");
  EXPECT_EQ(unready.status, 503);
  EXPECT_NE(unready.body.find("disk full"), std::string::npos);
  EXPECT_EQ(rig.get("/metrics").body, "bylined_up 1\n");
}

TEST(Api, AnswersQuestionsAsTheServiceDoes) {
  Rig rig;
  const auto response = rig.get("/api/v1/alerts?limit=1");
  ASSERT_EQ(response.status, 200);
  const auto body = markup::parse_json(response.body);
  ASSERT_TRUE(body);
  EXPECT_EQ(body->at("items").as_array().size(), 1u);
  EXPECT_FALSE(body->at("next").is_null());
}

TEST(Api, EveryRouteIsServedAndAnUnknownOneIsAProblem) {
  Rig rig;
  for (const query::Route* route : query::routes()) {
    if (route->pattern.find('{') != std::string_view::npos) continue;
    const std::string extra = route->pattern == "why" ? "?url=https://www.naru.example/news/201" : "";
    EXPECT_EQ(rig.get("/api/v1/" + std::string(route->pattern) + extra).status, 200) << route->pattern;
  }
  const auto unknown = rig.get("/api/v1/nonsense");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.content_type, "application/problem+json");
}

TEST(Api, ABadParameterIsA400WithTheReason) {
  Rig rig;
  const auto response = rig.get("/api/v1/alerts?since=soon");
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(response.body.find("since takes"), std::string::npos);
}

TEST(Api, AForeignHostNameIsMisdirected) {
  Rig rig;
  EXPECT_EQ(rig.get("/api/v1/status", "evil.example").status, 421);
  EXPECT_EQ(rig.get("/api/v1/status", "evil.example:7277").status, 421);
  EXPECT_EQ(rig.get("/api/v1/status", "[::1]:7277").status, 200);
  rig.daemon.in_force.hosts = {"press.example.com"};
  EXPECT_EQ(rig.get("/api/v1/status", "press.example.com").status, 200);
  EXPECT_EQ(rig.get("/api/v1/status", "Press.Example.COM").status, 200) << "names have no case (RFC 9110, 4.2.3)";
}

TEST(Api, OrdersAreTakenOnTheUnixSocketOnlyAndNameWhoGaveThem) {
  Rig rig;
  EXPECT_EQ(rig.post("/api/v1/deliveries/abc/replay", "", false).status, 403);
  EXPECT_TRUE(rig.daemon.orders.empty());
  EXPECT_EQ(rig.post("/api/v1/deliveries/abc/replay", "", true).status, 200);
  EXPECT_EQ(rig.post("/api/v1/backup", "{\"path\":\"/var/backups/b.db\"}", true).status, 200);
  EXPECT_EQ(rig.post("/api/v1/backup", "{\"path\":\"relative.db\"}", true).status, 400);
  EXPECT_EQ(rig.daemon.orders, (std::vector<std::string>{"replay abc by uid 1234", "backup /var/backups/b.db by uid 1234"}));
}

TEST(Api, ABackupThatTakesLongIsToldToBeUnderWay) {
  Rig rig;
  rig.daemon.copying = query::Copying::kUnderWay;
  const auto underway = rig.post("/api/v1/backup", "{\"path\":\"/b.db\"}", true);
  EXPECT_EQ(underway.status, 202);
  EXPECT_EQ(underway.body, "{\"path\":\"/b.db\",\"state\":\"copying\"}\n");
  rig.daemon.copying = query::Copying::kComplete;
  const auto complete = rig.post("/api/v1/backup", "{\"path\":\"/b.db\"}", true);
  EXPECT_EQ(complete.status, 200);
  EXPECT_EQ(complete.body, "{\"path\":\"/b.db\",\"state\":\"complete\"}\n");
}

TEST(Api, AGetChangesNothingAndOtherMethodsAreRefused) {
  Rig rig;
  net::ServerRequest request;
  request.method = "DELETE";
  request.target = "/api/v1/alerts";
  request.headers.emplace_back("host", "localhost");
  EXPECT_EQ(rig.send(request).status, 405);
  EXPECT_EQ(rig.get("/api/v1/deliveries/abc/replay").status, 404);
  EXPECT_TRUE(rig.daemon.orders.empty());
}

TEST(Api, WithTokensTcpHasToShowOne) {
  Rig rig;
  rig.daemon.in_force.tokens = {{"desk", "reader", Secret("let-me-in")}};
  EXPECT_EQ(rig.get("/api/v1/status").status, 401);
  EXPECT_EQ(rig.get("/livez").status, 200) << "probes stay open";
  net::ServerRequest request;
  request.method = "GET";
  request.target = "/api/v1/status";
  request.headers = {{"host", "localhost"}, {"authorization", "Bearer let-me-in"}};
  EXPECT_EQ(rig.send(request).status, 200);
  request.headers[1].second = "Bearer let-me-out";
  EXPECT_EQ(rig.send(request).status, 401);
}

TEST(Api, WhatAReloadChangesHoldsForTheNextRequest) {
  Rig rig;
  const auto status_with = [&rig](const std::string& token) {
    net::ServerRequest request;
    request.method = "GET";
    request.target = "/api/v1/status";
    request.headers = {{"host", "press.example.com"}, {"authorization", "Bearer " + token}};
    return rig.send(request).status;
  };
  rig.daemon.in_force.hosts = {"press.example.com"};
  rig.daemon.in_force.tokens = {{"desk", "reader", Secret("before")}};
  EXPECT_EQ(status_with("before"), 200);
  rig.daemon.in_force.tokens = {{"desk", "reader", Secret("after")}};
  EXPECT_EQ(status_with("before"), 401);
  EXPECT_EQ(status_with("after"), 200);
  rig.daemon.in_force.tokens.clear();
  EXPECT_EQ(status_with("before"), 200);
  rig.daemon.in_force.hosts.clear();
  EXPECT_EQ(status_with("before"), 421);
}

}  // namespace
}  // namespace bylined::api
