import type { Country, PhoneRange, Town } from './country.ts'

/**
 * The five countries of the sample. Names are frequent ones of each language, joined at random; towns, streets and
 * mail domains are invented, and none of the domains is reserved for examples (RFC 2606, 1999) or known as disposable.
 * Phone numbers pass libphonenumber, yet ring nowhere where a regulator keeps numbers for fiction: Ofcom's numbers
 * for drama use, the Bundesnetzagentur's Drama Numbers (Mitteilung 148/2021), ARCEP's audiovisual ranges
 * (decision 2018-0881). In North America a central office code never ends in 11. Spain reserves no such range.
 */
export const COUNTRIES: readonly Country[] = [
  {
    code: 'GB',
    share: 0.3,
    spellings: ['United Kingdom', 'UK', 'GB', 'Great Britain'],
    currency: 'GBP',
    female: words(
      'Alice, Amelia, Bethany, Catherine, Charlotte, Deborah, Eleanor, Elizabeth, Emily, Fiona, Grace, Hannah, Harriet, Imogen, Jacqueline, Jennifer, Kathleen, Lucy, Margaret, Megan, Nicola, Olivia, Patricia, Rebecca, Rosalind, Samantha, Susan, Victoria',
    ),
    male: words(
      'Adam, Alexander, Andrew, Benjamin, Christopher, Daniel, David, Edward, Frederick, George, Gordon, Harry, Ian, James, Jonathan, Joseph, Kenneth, Liam, Matthew, Michael, Nicholas, Oliver, Peter, Richard, Robert, Stephen, Thomas, William',
    ),
    family: words(
      "Abbott, Ainsworth, Barlow, Birchall, Bramley, Carver, Chadwick, Clegg, Dunmore, Eastwood, Fairbrother, Farrow, Garside, Greenhalgh, Hargreaves, Hollis, Ingham, Jessop, Kershaw, Langford, Lockwood, McAllister, Marsden, Norcross, O'Rourke, Oakley, Pemberton, Quigley, Radcliffe, Redfern, Shaw, Smith, Smyth, Stanhope, Tattersall, Thorne, Tunstall, Underhill, Wainwright, Whitlock, Winstanley, Yardley",
    ),
    // prettier-ignore
    nicknames: {
      Alexander: 'Alex', Andrew: 'Andy', Benjamin: 'Ben', Bethany: 'Beth', Catherine: 'Kate', Charlotte: 'Lottie',
      Christopher: 'Chris', Daniel: 'Dan', Deborah: 'Debbie', Edward: 'Ted', Eleanor: 'Ellie', Elizabeth: 'Liz',
      Frederick: 'Fred', Jacqueline: 'Jackie', James: 'Jim', Jennifer: 'Jenny', Jonathan: 'Jon', Joseph: 'Joe',
      Kathleen: 'Kathy', Kenneth: 'Ken', Margaret: 'Peggy', Matthew: 'Matt', Michael: 'Mike', Nicholas: 'Nick',
      Patricia: 'Pat', Rebecca: 'Becky', Richard: 'Dick', Robert: 'Bob', Samantha: 'Sam', Stephen: 'Steve',
      Susan: 'Sue', Thomas: 'Tom', Victoria: 'Vicky', William: 'Bill',
    },
    towns: towns(
      'Ashcombe: AX4 #@@, Kilbrannock: KB1# #@@, Marlhaven: MH2 #@@, Netherwick: NW6 #@@, Stonebeck: ST9 #@@, Thornley Cross: TC1 #@@, Wetherford: WF1# #@@, Aldermere: AL7 #@@',
    ),
    streets: words(
      '{n} Orchard Road, {n} Mill Lane, {n} Station Road, {n} Victoria Street, {n} Church Walk, {n} Bramble Close, {n} Queensway Avenue, {n} Foundry Street, {n} Harbour Terrace, {n} Larch Drive, {n} Chapel Street, {n} Weavers Road',
    ),
    abbreviations: [
      ['Road', 'Rd'],
      ['Street', 'St'],
      ['Avenue', 'Ave'],
      ['Lane', 'Ln'],
      ['Drive', 'Dr'],
    ],
    mailDomains: words('mailhaven.net, postbox-one.com, letterwren.co.uk, ashmail.co.uk'),
    phones: {
      callingCode: '44',
      trunk: '0',
      ranges: ranges(
        3,
        '1134960 1144960 1164960 1174960 1184960 1214960 1314960 1414960 1514960 1614960 1914980 2079460',
      ),
    },
  },
  {
    code: 'US',
    share: 0.25,
    spellings: ['United States', 'USA', 'US', 'U.S.A.'],
    currency: 'USD',
    female: words(
      'Abigail, Amanda, Barbara, Brenda, Carolyn, Christine, Cynthia, Danielle, Diane, Evelyn, Gabriela, Heather, Jacquelyn, Jessica, Kimberly, Latoya, Linda, Madison, Michelle, Natalie, Pamela, Rachel, Sandra, Shannon, Stephanie, Tiffany, Valerie, Yolanda',
    ),
    male: words(
      'Aaron, Anthony, Brandon, Bryan, Carlos, Charles, Curtis, Douglas, Eugene, Gerald, Gregory, Jeffrey, Jerome, Joshua, Kevin, Lawrence, Leonard, Marcus, Nathaniel, Patrick, Raymond, Ronald, Samuel, Terrence, Timothy, Tyler, Vincent, Zachary',
    ),
    family: words(
      'Albright, Baxter, Bellamy, Bridger, Calloway, Carrington, Castillo, Delgado, Dillard, Ellison, Fairchild, Fontaine, Garland, Gutierrez, Haskell, Hendricks, Holloway, Ibarra, Jennings, Johnson, Johnston, Kowalski, Lindqvist, Lockhart, Mayfield, McKenna, Nakamura, Nguyen, Oakes, Pruitt, Quintero, Rockwell, Salazar, Stoddard, Talbert, Tran, Vandermeer, Whitfield, Winslow, Yates',
    ),
    // prettier-ignore
    nicknames: {
      Abigail: 'Abby', Amanda: 'Mandy', Anthony: 'Tony', Barbara: 'Barb', Charles: 'Chuck', Christine: 'Chris',
      Cynthia: 'Cindy', Danielle: 'Dani', Douglas: 'Doug', Eugene: 'Gene', Gerald: 'Jerry', Gregory: 'Greg',
      Jeffrey: 'Jeff', Jessica: 'Jess', Joshua: 'Josh', Kimberly: 'Kim', Lawrence: 'Larry', Leonard: 'Len',
      Michelle: 'Shelly', Nathaniel: 'Nate', Pamela: 'Pam', Patrick: 'Pat', Raymond: 'Ray', Ronald: 'Ron',
      Samuel: 'Sam', Sandra: 'Sandy', Stephanie: 'Steph', Terrence: 'Terry', Timothy: 'Tim', Valerie: 'Val',
      Vincent: 'Vince', Zachary: 'Zach',
    },
    towns: towns(
      'Cedar Hollow: 4371#, Fort Merrin: 7724#, Lake Ansel: 5406#, Millbrook Falls: 1283#, Pinon Ridge: 8751#, Sable Point: 3391#, Westerlin: 9712#, Harlan Grove: 6262#',
    ),
    streets: words(
      '{n} Maple Street, {n} Washington Avenue, {n} Elm Drive, {n} Ridgeview Road, {n} Juniper Court, {n} Lakeshore Drive, {n} Harvest Lane, {n} Cottonwood Street, {n} Summit Avenue, {n} Old Mill Road, {n} Prairie Lane, {n} Sycamore Street',
    ),
    abbreviations: [
      ['Street', 'St'],
      ['Avenue', 'Ave'],
      ['Drive', 'Dr'],
      ['Road', 'Rd'],
      ['Court', 'Ct'],
      ['Lane', 'Ln'],
    ],
    mailDomains: words('mailhaven.net, postbox-one.com, quillpost.com, bluejaymail.net'),
    phones: { callingCode: '1', trunk: '', ranges: ranges(4, '312411 206411 617211 404311 503411 720611') },
  },
  {
    code: 'DE',
    share: 0.2,
    spellings: ['Germany', 'Deutschland', 'DE'],
    currency: 'EUR',
    female: words(
      'Anneliese, Birgit, Brigitte, Christiane, Elisabeth, Franziska, Gisela, Hannelore, Heike, Ingrid, Johanna, Katharina, Käthe, Lieselotte, Magdalena, Monika, Petra, Renate, Sabine, Theresa, Ursula, Ulrike, Waltraud',
    ),
    male: words(
      'Andreas, Bernd, Christoph, Dieter, Eberhard, Florian, Günther, Hans, Heinrich, Jens, Johannes, Jörg, Jürgen, Karl, Klaus, Lukas, Manfred, Matthias, Michael, Rüdiger, Sebastian, Stefan, Thorsten, Uwe, Wolfgang',
    ),
    family: words(
      'Ackermann, Bäcker, Baumgärtner, Brandt, Dörfler, Ebersbach, Eichhorn, Fährmann, Falkner, Gerlach, Großmann, Haßler, Heidenreich, Hölscher, Jäger, Kästner, Kirchhoff, Königsberger, Lindner, Löwe, Meier, Meyer, Müller, Nußbaum, Oberländer, Pfeiffer, Rosenthal, Rößler, Schäfer, Schmidt, Schmitt, Steinhäuser, Täubner, Uhlig, Vogelsang, Weißenfels, Wiesner, Zöllner',
    ),
    // prettier-ignore
    nicknames: {
      Andreas: 'Andi', Anneliese: 'Anni', Christiane: 'Christa', Christoph: 'Chris', Elisabeth: 'Lisa',
      Franziska: 'Franzi', Hannelore: 'Hanne', Heinrich: 'Heiner', Johanna: 'Hanna', Johannes: 'Hannes',
      Katharina: 'Kathi', Lieselotte: 'Lilo', Magdalena: 'Lena', Manfred: 'Manni', Matthias: 'Matze',
      Michael: 'Michi', Sebastian: 'Basti', Theresa: 'Resi', Ursula: 'Uschi', Ulrike: 'Uli', Wolfgang: 'Wolf',
    },
    towns: towns(
      'Niederwald: 3597#, Bad Lohrau: 9764#, Hohenbrück: 1469#, Altenroda: 0664#, Sankt Veithen: 5463#, Grünfelde: 2978#, Weißenthal: 8739#',
    ),
    streets: words(
      'Lindenstraße {n}, Bahnhofstraße {n}, Mühlenweg {n}, Am Kirchplatz {n}, Gartenstraße {n}, Schützenstraße {n}, Eichenallee {n}, Brückenstraße {n}, Rosenweg {n}, Talstraße {n}',
    ),
    abbreviations: [
      ['straße', 'str.'],
      ['straße', 'strasse'],
      ['platz', 'pl.'],
    ],
    mailDomains: words('postkahn.de, brieffalke.de, mailhaven.net, nordpostfach.de'),
    phones: {
      callingCode: '49',
      trunk: '0',
      ranges: ranges(3, '3023125 6990009 4066969 2214710 8999998'),
    },
  },
  {
    code: 'FR',
    share: 0.15,
    spellings: ['France', 'FR', 'FRANCE'],
    currency: 'EUR',
    female: words(
      'Adèle, Agnès, Amélie, Béatrice, Céline, Chloé, Delphine, Élodie, Françoise, Geneviève, Hélène, Inès, Joséphine, Léa, Mathilde, Noémie, Océane, Pauline, Sandrine, Sylvie, Thérèse, Valérie, Zoé',
    ),
    male: words(
      'Alexandre, Antoine, Baptiste, Benoît, Cédric, Didier, Étienne, Fabrice, Frédéric, Gérard, Guillaume, Hervé, Jean-Luc, Jérôme, Laurent, Mathieu, Maxime, Olivier, Rémi, Sébastien, Théo, Thierry, Yves',
    ),
    family: words(
      'Arnoux, Beaulieu, Besançon, Carpentier, Charrière, Crépin, Delacroix, de La Fontière, Deschênes, Dubois, Duval, Fauré, Gauthier, Giraud, Guérin, Hébrard, Lacœuille, Lefèvre, Lefebvre, Léger, Marchand, Mercier, Noël, Pelletier, Périgny, Renaud, Rochefort, Rousselet, Sauvageot, Thévenin, Vasseur, Villedieu',
    ),
    // prettier-ignore
    nicknames: {
      Alexandre: 'Alex', Antoine: 'Toine', Delphine: 'Delph', Élodie: 'Elo', Frédéric: 'Fred', Geneviève: 'Ginette',
      Guillaume: 'Guigui', Joséphine: 'José', Mathieu: 'Mat', Maxime: 'Max', Sébastien: 'Seb', Valérie: 'Val',
    },
    towns: towns(
      'Montferrin: 6312#, Saint-Aurel-sur-Vire: 1438#, Villebrune: 8127#, Port-Gaëlic: 5673#, La Roche-Épine: 2615#, Châtelneuf-le-Bas: 7163#',
    ),
    streets: words(
      '{n} rue des Tilleuls, {n} avenue de la Gare, {n} rue Haute, {n} place du Marché, {n} chemin des Vignes, {n} boulevard des Alliés, {n} rue de l’Église, {n} impasse du Moulin, {n} rue des Écoles',
    ),
    abbreviations: [
      ['avenue', 'av.'],
      ['boulevard', 'bd'],
      ['place', 'pl.'],
      ['chemin', 'ch.'],
    ],
    mailDomains: words('plumepost.fr, courrielune.fr, postbox-one.com, lettrebleue.fr'),
    phones: {
      callingCode: '33',
      trunk: '0',
      ranges: ranges(4, '19900 26191 35301 46571 53649'),
    },
  },
  {
    code: 'ES',
    share: 0.1,
    spellings: ['Spain', 'España', 'ES'],
    currency: 'EUR',
    female: words(
      'Adriana, Ainhoa, Beatriz, Begoña, Carmen, Concepción, Dolores, Elena, Guadalupe, Inés, Isabel, Lucía, Manuela, Mercedes, Montserrat, Núria, Pilar, Rocío, Sofía, Teresa, Verónica, Ximena',
    ),
    male: words(
      'Alejandro, Álvaro, Andrés, Antonio, Diego, Emilio, Enrique, Fernando, Francisco, Gonzalo, Ignacio, Íñigo, Jesús, Joaquín, José, Manuel, Martín, Miguel, Rafael, Ramón, Santiago, Vicente',
    ),
    family: words(
      'Aguirre, Alarcón, Álvarez, Ballester, Benítez, Calderón, Castaño, Cortés Vega, de la Fuente, Echeverría, Espinosa, Fernández, Gálvez, García Soler, Giménez, Jiménez, Hernández, Ibáñez, Landa, Manzano, Montero Gil, Muñoz, Navarro, Núñez, Ortuño, Peñalver, Quiroga, Rincón, Saavedra, Ureña, Valdés, Zamora',
    ),
    // prettier-ignore
    nicknames: {
      Alejandro: 'Álex', Antonio: 'Toño', Beatriz: 'Bea', Concepción: 'Concha', Dolores: 'Lola', Enrique: 'Quique',
      Fernando: 'Nando', Francisco: 'Paco', Guadalupe: 'Lupe', Ignacio: 'Nacho', Isabel: 'Isa', Jesús: 'Chus',
      José: 'Pepe', Manuel: 'Manolo', Manuela: 'Manoli', Mercedes: 'Merche', Montserrat: 'Montse', Rafael: 'Rafa',
      Santiago: 'Santi', Verónica: 'Vero',
    },
    towns: towns(
      'Valdelagua: 2416#, Peñafonte: 4735#, San Amaro del Río: 3252#, Torrequemada Alta: 1066#, Ribadoira: 3678#, Almezcar: 0447#',
    ),
    streets: words(
      'Calle del Olmo {n}, Calle Mayor {n}, Avenida de la Constitución {n}, Plaza de la Fuente {n}, Calle San Roque {n}, Paseo de los Álamos {n}, Calle Nueva {n}, Camino del Molino {n}',
    ),
    abbreviations: [
      ['Calle', 'C/'],
      ['Avenida', 'Avda.'],
      ['Plaza', 'Pza.'],
    ],
    mailDomains: words('correonogal.es, buzonalto.es, mailhaven.net, postbox-one.com'),
    phones: { callingCode: '34', trunk: '', ranges: ranges(5, '7320 7330 7340') },
  },
]

function words(list: string): readonly string[] {
  return list.split(', ')
}

function towns(list: string): readonly Town[] {
  return words(list).map((entry) => {
    const [name = '', postcode = ''] = entry.split(': ')
    return { name, postcode }
  })
}

function ranges(digits: number, prefixes: string): readonly PhoneRange[] {
  return prefixes.split(' ').map((prefix) => ({ prefix, digits }))
}
