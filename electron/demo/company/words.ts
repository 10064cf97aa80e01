// What the demo company's names are made of. Letters beyond ASCII and odd punctuation are there on purpose.

export const surnames = [
  'Abbott', 'Bauer', 'Çelik', 'Dubois', 'Eriksson', 'Ferreira', 'García', 'Holm', 'Ivanova', 'Jansen', 'Kowalski', 'Lindqvist', 'Müller', 'Nakamura',
  "O'Brien", 'Petrović', 'Quinn', 'Rossi', 'Schröder', 'Tóth', 'Unger', 'van der Berg', 'Wójcik', 'Ximénez', 'Yıldız', 'Zimmermann', 'Ødegård', 'Brânză',
  'Fitzgerald', 'Grünwald', 'Håkansson', 'Keller', 'Marchetti', 'Novák', 'Papadopoulos', 'Richter', 'Sørensen', 'Taylor', 'Virtanen', 'Weiß',
];
export const givenNames = [
  'Anna', 'Björn', 'Carla', 'David', 'Elif', 'François', 'Greta', 'Henrik', 'Inés', 'Jakub', 'Katarina', 'Luca', 'Maja', 'Nikos', 'Olga', 'Pieter', 'Rosa',
  'Stefan', 'Tereza', 'Ulla', 'Viktor', 'Wanda', 'Yusuf', 'Zoë', 'Amélie', 'Søren',
];
export const trades = [
  'Bau', 'Builders', 'Carpentry', 'Construction', 'Dachtechnik', 'Electrics', 'Fenêtres', 'Gartenbau', 'Haustechnik', 'Installations', 'Joinery', 'Kitchens',
  'Landscaping', 'Maschinenbau', 'Maintenance', 'Painting & Decorating', 'Plumbing', 'Roofing', 'Sanitär', 'Solar', 'Stahlbau', 'Tischlerei', 'Woodworks',
];
export const legalForms = ['GmbH', 'GmbH & Co. KG', 'AG', 'Ltd.', 'e.K.', 'S.A.R.L.', 'S.r.l.', 'B.V.', 'AB', 'Sp. z o.o.', 'Oy', 'ApS'];

/** City, postcode, country, streets' pattern. */
export const places: { city: string; code: string; country: string; street: string }[] = [
  { city: 'Berlin', code: '10999', country: 'Germany', street: 'Adalbertstraße' }, { city: 'Hamburg', code: '22767', country: 'Germany', street: 'Große Elbstraße' },
  { city: 'München', code: '80469', country: 'Germany', street: 'Fraunhoferstraße' }, { city: 'Köln', code: '50672', country: 'Germany', street: 'Venloer Straße' },
  { city: 'Leipzig', code: '04109', country: 'Germany', street: 'Käthe-Kollwitz-Straße' }, { city: 'Wien', code: '1070', country: 'Austria', street: 'Neubaugasse' },
  { city: 'Graz', code: '8010', country: 'Austria', street: 'Sporgasse' }, { city: 'Zürich', code: '8004', country: 'Switzerland', street: 'Langstrasse' },
  { city: 'Lyon', code: '69002', country: 'France', street: 'Rue de la République' }, { city: 'Besançon', code: '25000', country: 'France', street: 'Grande Rue' },
  { city: 'Utrecht', code: '3511 AB', country: 'Netherlands', street: 'Oudegracht' }, { city: 'Gdańsk', code: '80-831', country: 'Poland', street: 'ul. Długa' },
  { city: 'Aarhus', code: '8000', country: 'Denmark', street: 'Søndergade' }, { city: 'Malmö', code: '211 22', country: 'Sweden', street: 'Södergatan' },
  { city: 'Bologna', code: '40126', country: 'Italy', street: 'Via Zamboni' }, { city: 'Galway', code: 'H91 A2P8', country: 'Ireland', street: 'Shop Street' },
];

/** Item group, code prefix, things, variants, and the span of their price. */
export const catalogue: { group: string; code: string; things: string[]; variants: string[]; price: [number, number]; unit?: string }[] = [
  { group: 'Fasteners', code: 'FAS', things: ['Hex bolt', 'Wood screw', 'Wall plug', 'Threaded rod', 'Washer', 'Coach screw'], variants: ['M6×40', 'M8×60', 'M10×80', '4.5×50 mm', '6×70 mm', 'A2 ⌀8'], price: [0.08, 4], unit: 'Box' },
  { group: 'Hand Tools', code: 'HND', things: ['Claw hammer', 'Adjustable spanner', 'Wood chisel', 'Spirit level', 'Handsaw', 'Pliers'], variants: ['300 g', '10"', '16 mm', '60 cm', '550 mm', '180 mm'], price: [9, 85] },
  { group: 'Power Tools', code: 'PWR', things: ['Cordless drill', 'Angle grinder', 'Jigsaw', 'Rotary hammer', 'Orbital sander', 'Circular saw'], variants: ['12 V', '18 V', '125 mm', '230 mm', '750 W', 'Set & case'], price: [69, 640] },
  { group: 'Safety Wear', code: 'SAF', things: ['Work gloves', 'Safety boots S3', 'Hard hat', 'Ear defenders', 'Hi-vis vest', 'Safety glasses'], variants: ['size 8', 'size 9', 'size 10', 'size 43', 'yellow', 'clear'], price: [3, 130], unit: 'Pair' },
  { group: 'Electrical', code: 'ELE', things: ['Cable NYM-J', 'LED panel', 'Junction box', 'Circuit breaker', 'Socket outlet', 'Cable duct'], variants: ['3×1.5 mm²', '5×2.5 mm²', '40 W', 'B16', 'IP44', '2 m'], price: [1.2, 95], unit: 'Meter' },
  { group: 'Plumbing', code: 'PLB', things: ['Copper pipe', 'Ball valve', 'Press fitting', 'Siphon', 'Flexible hose', 'Basin mixer'], variants: ['15 mm', '22 mm', '½"', '¾"', 'chrome', '500 mm'], price: [1.9, 190] },
  { group: 'Paint & Sealants', code: 'PNT', things: ['Wall paint', 'Wood varnish', 'Silicone sealant', 'Masking tape', 'Primer', 'Filler'], variants: ['white 10 l', 'oak 2.5 l', '310 ml', '50 mm', 'grey 5 l', '1 kg'], price: [2.5, 79] },
];
export const brands = ['Falkenberg', 'Ironwood', 'Nordhaus', 'Vektor', 'Bellavista'];
export const services = ['Delivery to site', 'Crane hire', 'Fitting on site', 'Call-out', 'Site survey'];
