/** Providers where anybody may open an address, so that the domain says nothing about an employer. Their own pages, 2026. */
export const FREEMAIL_DOMAINS: ReadonlySet<string> = new Set(
  [
    'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com passport.com windowslive.com',
    'outlook.de outlook.fr outlook.es outlook.it hotmail.co.uk hotmail.de hotmail.fr hotmail.it hotmail.es live.co.uk',
    'live.de live.fr live.it live.nl live.se live.dk live.no live.ca live.com.au',
    'yahoo.com ymail.com rocketmail.com yahoo.co.uk yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.ca yahoo.co.in',
    'yahoo.co.jp yahoo.com.br yahoo.com.ar yahoo.com.mx yahoo.com.au aol.com aim.com verizon.net',
    'icloud.com me.com mac.com proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com',
    'gmx.de gmx.net gmx.at gmx.ch gmx.com gmx.fr web.de freenet.de t-online.de arcor.de mail.de posteo.de mailbox.org',
    'orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr libero.it virgilio.it tiscali.it alice.it tin.it',
    'bluewin.ch hispeed.ch sunrise.ch telenet.be skynet.be ziggo.nl kpnmail.nl xs4all.nl hetnet.nl home.nl planet.nl',
    'btinternet.com sky.com virginmedia.com ntlworld.com talktalk.net blueyonder.co.uk',
    'comcast.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com',
    'sympatico.ca rogers.com shaw.ca telus.net bigpond.com optusnet.com.au xtra.co.nz',
    'wp.pl o2.pl onet.pl interia.pl seznam.cz email.cz centrum.cz azet.sk freemail.hu citromail.hu abv.bg',
    'mail.ru bk.ru inbox.ru list.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net',
    'qq.com foxmail.com 163.com 126.com yeah.net sina.com sohu.com aliyun.com naver.com hanmail.net daum.net',
    'rediffmail.com uol.com.br bol.com.br terra.com.br ig.com.br zoho.com zohomail.com mail.com fastmail.com hey.com',
    'telia.com bredband.net spray.se online.no jubii.dk mail.dk luukku.com suomi24.fi sapo.pt otenet.gr mynet.com',
  ].flatMap((line) => line.split(' ')),
)
