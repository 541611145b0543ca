/** Hands every search on to the emulator with the token, over connections that stay open: one worker, no log. */
export function nginxConfig(options: {
  folder: string;
  port: number;
  emulatorUrl: string;
  token: string;
}): string {
  const { folder, port, emulatorUrl, token } = options;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/nginx-${kind};`)
    .join('\n  ');
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  ${temporary}
  upstream emulator {
    server ${new URL(emulatorUrl).host};
    keepalive 128;
  }
  server {
    listen 127.0.0.1:${port};
    location = /readyz { return 200; }
    location = /api/members/search {
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_pass http://emulator/cgi-bin/user/search?access_token=${token};
    }
  }
}
`;
}
