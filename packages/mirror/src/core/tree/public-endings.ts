/**
 * How names of the public internet end: all countries, and of the others those that sites have. A page whose name ends
 * otherwise is shown all the same: its pictures and styles come from the customer's browser.
 */
export const publicEndings =
  "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc " +
  "cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb " +
  "gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke " +
  "kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu " +
  "mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw " +
  "sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz " +
  "ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw " +
  "com net org edu gov mil int info biz name pro aero asia cat coop jobs mobi museum post tel travel " +
  "academy accountants actor ads agency airforce amsterdam apartments app archi army art associates attorney " +
  "auction audio auto baby band bank bar barcelona bayern beauty beer berlin best bet bid bike bingo bio black blog blue " +
  "boats bond boo boston boutique broker brussels build builders business buzz bzh cab cafe cam camera camp capetown " +
  "capital car cards care career careers cars casa cash casino catering center ceo chat cheap church city claims " +
  "cleaning click clinic clothing cloud club coach codes coffee college cologne community company computer condos " +
  "construction consulting contact contractors cooking cool country coupons courses credit creditcard cruises cymru dad " +
  "dance date dating day deal deals degree delivery democrat dental dentist design dev diamonds diet digital direct " +
  "directory discount doctor dog domains download earth eco education email energy engineer engineering enterprises " +
  "equipment esq estate eus events exchange expert exposed express fail faith family fan fans farm fashion film finance " +
  "financial fish fishing fit fitness flights florist flowers foo football forsale forum foundation frl fun fund " +
  "furniture futbol fyi gal gallery game games garden gay gent gift gifts gives giving glass global gmbh gold golf " +
  "google graphics gratis green gripe group guide guitars guru hamburg haus health healthcare help hiphop hiv hockey " +
  "holdings holiday homes horse hospital host hosting hotel house how icu immo immobilien inc industries ing ink " +
  "institute insurance insure international investments irish ist istanbul jetzt jewelry kaufen kim kitchen koeln land " +
  "lat law lawyer lease legal lgbt life lighting limited limo link live llc loan loans lol london lotto love ltd luxury " +
  "maison makeup management market marketing markets mba media melbourne meme memorial men menu miami moda moe mom money " +
  "monster mortgage motorcycles mov movie music nagoya navy network new news nexus ngo ninja nrw nyc observer one onl " +
  "online ong organic page paris partners parts party pet pharmacy phd photo photography photos pics pictures pink " +
  "pizza place plumbing plus poker porn press prod productions prof promo properties property protection pub quebec " +
  "quest racing realestate realtor realty recipes red rehab reise reisen rent rentals repair report republican rest " +
  "restaurant review reviews rich rip rocks rodeo rsvp rugby ruhr run saarland sale salon sap sarl school schule science " +
  "scot security select services sex sexy shiksha shoes shop shopping show ski singles site skin soccer social software " +
  "solar solutions soy space sport spot srl storage store stream studio study style sucks supplies supply support surf " +
  "surgery swiss sydney systems taipei tatar tattoo tax taxi team tech technology tennis theater theatre tickets tienda " +
  "tips tires tirol today tokyo tools top tours town toyota toys trade trading training tube university uno vacations " +
  "vegas ventures versicherung vet viajes video villas vin vip vision vlaanderen vodka vote voting voto voyage wales " +
  "watch watches weather web webcam website wedding wien wiki win wine work works world wtf xxx xyz yachts yoga " +
  "yokohama youtube zip zone " +
  "xn--p1ai xn--fiqs8s xn--fiqz9s xn--j6w193g xn--90ais xn--e1a4c xn--qxam xn--qxa6a xn--j1amh xn--90a3ac xn--d1alf " +
  "xn--node xn--y9a3aq xn--h2brj9c xn--mgbaam7a8h xn--mgberp4a5d4ar xn--mgba3a4f16a xn--wgbh1c xn--o3cw4h xn--3e0b707e " +
  "xn--kprw13d xn--kpry57d xn--yfro4i67o xn--80asehdb xn--80aswg xn--80adxhks xn--55qx5d xn--io0a7i xn--3bst00m xn--ses554g";
