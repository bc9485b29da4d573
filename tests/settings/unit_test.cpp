// SPDX-License-Identifier: Apache-2.0
// The service's units: what the daemon needs, what it may not do, and that systemd understands them.
#include <gtest/gtest.h>

#include <cstdio>
#include <sstream>

#include "tests/settings/folder.h"

namespace bylined::settings {
namespace {

using Lines = std::vector<std::string>;

std::string unit(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(std::string(BYLINED_SOURCE_DIR) + "/systemd/" + name).rdbuf();
  return text.str();
}

// Values of a directive, in order.
Lines values(const std::string& text, const std::string& directive) {
  Lines values;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(directive + "=")) values.push_back(line.substr(directive.size() + 1));
  }
  return values;
}

struct Ran {
  int status = -1;
  std::string output;
};
Ran run(const std::string& command) {
  Ran ran;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (!pipe) return ran;
  char part[4096];
  while (const std::size_t read = std::fread(part, 1, sizeof part, pipe)) ran.output.append(part, read);
  ran.status = pclose(pipe);
  return ran;
}
bool installed(const std::string& program) { return run("command -v " + program).status == 0; }

TEST(ServiceUnit, StaysDownWhereAPersonIsNeeded) {
  const std::string service = unit("bylined.service");
  EXPECT_EQ(values(service, "Restart"), Lines{"always"});
  EXPECT_EQ(values(service, "RestartPreventExitStatus"), Lines{"65 78"});
}

TEST(ServiceUnit, RunsAsTheStaticUserAndSeesItsPeers) {
  const std::string service = unit("bylined.service");
  EXPECT_EQ(values(service, "User"), Lines{"bylined"});
  EXPECT_TRUE(values(service, "DynamicUser").empty());
  EXPECT_TRUE(values(service, "PrivateUsers").empty());
  EXPECT_NE(unit("bylined.sysusers.conf").find("\nu bylined "), std::string::npos);
}

// The loop's thread alone: what it starts goes back to 0.
TEST(ServiceUnit, TheMainThreadGoesBeforeThoseThatItStarts) {
  const std::string service = unit("bylined.service");
  EXPECT_EQ(values(service, "Nice"), Lines{"-5"});
  EXPECT_EQ(values(service, "CPUSchedulingResetOnFork"), Lines{"yes"});
}

TEST(ServiceUnit, ChecksTheConfigurationBeforeAReload) {
  const Lines reload = values(unit("bylined.service"), "ExecReload");
  ASSERT_EQ(reload.size(), 2u);
  EXPECT_EQ(reload[0], values(unit("bylined.service"), "ExecStart").at(0) + " --check-config");
  EXPECT_EQ(reload[1], "/usr/bin/kill -HUP $MAINPID");
}

TEST(ServiceUnit, EverythingItStartsMayBeExecuted) {
  const std::string service = unit("bylined.service"), paths = values(service, "ExecPaths").at(0);
  Lines commands = values(service, "ExecReload");
  commands.push_back(values(service, "ExecStart").at(0));
  for (const std::string& command : commands) EXPECT_NE(paths.find(command.substr(0, command.find(' '))), std::string::npos) << command;
}

TEST(ServiceUnit, SendsNothingToWhereCloudsKeepCredentials) {
  EXPECT_EQ(values(unit("bylined.service"), "IPAddressDeny"), Lines{"link-local 100.100.100.200 fd00:ec2::254"});
}

TEST(SocketUnit, ListensWhereTheDaemonWouldByItself) {
  const std::string socket = unit("bylined.socket");
  EXPECT_EQ(values(socket, "ListenStream"), (Lines{"127.0.0.1:7277", "/run/bylined/bylined.sock"}));
  EXPECT_EQ(values(socket, "SocketMode"), Lines{"0660"});
  EXPECT_EQ(values(socket, "SocketGroup"), Lines{"bylined"});
  EXPECT_EQ(read_text("").settings->listen.at(0), "127.0.0.1:7277");
}

TEST(ServiceUnit, IsExposedNoFurtherThanPromised) {
  if (!installed("systemd-analyze")) GTEST_SKIP() << "systemd-analyze is not installed";
  const std::string path = std::string(BYLINED_SOURCE_DIR) + "/systemd/bylined.service";
  const Ran ran = run("systemd-analyze security --no-pager --offline=yes --threshold=12 '" + path + "'");
  EXPECT_EQ(ran.status, 0) << ran.output;
}

TEST(ServiceUnit, SystemdKnowsEveryWordOfIt) {
  if (!installed("systemd-analyze")) GTEST_SKIP() << "systemd-analyze is not installed";
  Folder folder;
  std::string service = unit("bylined.service");
  for (std::size_t at; (at = service.find("/usr/sbin/bylined")) != std::string::npos;) service.replace(at, 17, "/usr/bin/true");
  folder.write("bylined.service", service, 0644);
  folder.write("bylined.socket", unit("bylined.socket"), 0644);
  const Ran ran = run("systemd-analyze verify --man=no '" + folder.at("bylined.service") + "' '" + folder.at("bylined.socket") + "'");
  EXPECT_EQ(ran.output.find("bylined."), std::string::npos) << ran.output;
}

TEST(ServiceUnit, ItsUserCanBeMade) {
  if (!installed("systemd-sysusers")) GTEST_SKIP() << "systemd-sysusers is not installed";
  Folder root;
  const std::string path = std::string(BYLINED_SOURCE_DIR) + "/systemd/bylined.sysusers.conf";
  const Ran ran = run("systemd-sysusers --dry-run --root='" + root.path() + "' '" + path + "'");
  EXPECT_EQ(ran.status, 0) << ran.output;
}

}  // namespace
}  // namespace bylined::settings
